import { describe, expect, test } from 'vitest';
import { SAMPLE_SCREENS, sampleVerdict, sampleView } from './fixtures/sample-view.ts';
import {
  CLEARED_BY_SCREEN_AFTER_MS,
  LOST_AFTER_MS,
  linkAfter,
  nextChangeAt,
  openLink,
  SILENT_AFTER_MS,
  shownAt,
} from './link-state.ts';

describe('what a screen may show', () => {
  test('a page that has heard nothing yet waits, and says so when that takes too long', () => {
    const link = openLink(0);
    expect(shownAt(link, LOST_AFTER_MS - 1).link).toBe('opening');
    expect(shownAt(link, LOST_AFTER_MS).link).toBe('lost');
  });

  test('a connection that comes back in time is never mentioned', () => {
    const broken = linkAfter(withVerdict(10_000), { type: 'broken' }, 100);
    expect(shownAt(broken, 100 + LOST_AFTER_MS - 1).link).toBe('live');
    const back = linkAfter(broken, { type: 'view', view: sampleView({ name: 'inviting' }) }, 1500);
    expect(shownAt(back, 9000).link).toBe('live');
  });

  test('a verdict does not outlive its connection', () => {
    const broken = linkAfter(withVerdict(30_000), { type: 'broken' }, 100);
    expect(shownAt(broken, 100 + LOST_AFTER_MS)).toMatchObject({ link: 'lost' });
  });

  test('repeated failures to reconnect do not push the limit away', () => {
    let link = linkAfter(withVerdict(30_000), { type: 'broken' }, 100);
    link = linkAfter(link, { type: 'broken' }, 1100);
    link = linkAfter(link, { type: 'broken' }, 2050);
    expect(shownAt(link, 100 + LOST_AFTER_MS).link).toBe('lost');
  });

  test('the screen clears a verdict itself when the terminal forgets to', () => {
    const link = withVerdict(30_000);
    const gone = 30_000 + CLEARED_BY_SCREEN_AFTER_MS;
    expect(shownAt(link, gone - 1)).toMatchObject({
      view: { screen: { name: 'verdict' } },
      clearsAt: 30_000,
    });
    expect(shownAt(link, gone)).toMatchObject({ view: { screen: { name: 'inviting' } } });
    expect(shownAt(link, gone)).not.toHaveProperty('clearsAt');
  });

  test.each(Object.values(SAMPLE_SCREENS).filter((screen) => 'clearsInMs' in screen))(
    'so it does $name',
    (screen) => {
      const link = linkAfter(openLink(0), { type: 'view', view: sampleView(screen) }, 0);
      expect(shownAt(link, screen.clearsInMs + CLEARED_BY_SCREEN_AFTER_MS)).toMatchObject({
        view: { screen: { name: 'inviting' } },
      });
    },
  );

  test('a redrawn verdict counts from the view that carried it', () => {
    const again = linkAfter(
      withVerdict(30_000),
      { type: 'view', view: sampleView(sampleVerdict({ clearsInMs: 20_000 })) },
      10_500,
    );
    expect(shownAt(again, 10_500)).toMatchObject({ clearsAt: 30_500 });
  });

  test('a terminal that used to say it is alive and falls silent is lost', () => {
    const link = linkAfter(withVerdict(60_000), { type: 'alive' }, 1000);
    expect(shownAt(link, 1000 + SILENT_AFTER_MS - 1).link).toBe('live');
    expect(shownAt(link, 1000 + SILENT_AFTER_MS).link).toBe('lost');
    expect(shownAt(linkAfter(link, { type: 'alive' }, 5000), 5001).link).toBe('live');
  });

  test('a terminal that never says it is alive is not missed', () => {
    const link = linkAfter(openLink(0), { type: 'view', view: sampleView({ name: 'inviting' }) }, 1);
    expect(shownAt(link, 3_600_000).link).toBe('live');
    expect(nextChangeAt(link, 1)).toBeUndefined();
  });

  test('a lost screen keeps the language and the type size of the person in front of it', () => {
    const view = sampleView({ name: 'inviting' }, { settings: { language: 'en', largeText: true } });
    const lost = linkAfter(linkAfter(openLink(0), { type: 'view', view }, 1), { type: 'broken' }, 2);
    expect(shownAt(lost, 5000).settings).toEqual({ language: 'en', largeText: true });
  });

  test('it knows when to look again', () => {
    const broken = linkAfter(withVerdict(1500), { type: 'broken' }, 100);
    expect(nextChangeAt(broken, 100)).toBe(1500 + CLEARED_BY_SCREEN_AFTER_MS);
    expect(nextChangeAt(broken, 1500 + CLEARED_BY_SCREEN_AFTER_MS)).toBe(100 + LOST_AFTER_MS);
    expect(nextChangeAt(broken, 5000)).toBeUndefined();
  });
});

function withVerdict(clearsInMs: number) {
  return linkAfter(openLink(0), { type: 'view', view: sampleView(sampleVerdict({ clearsInMs })) }, 0);
}
