import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, test } from 'vitest';
import { type Command, type Screen, type View, wording } from '../../terminal/contract.ts';
import { REASONS } from '../kit/fixtures/reasons.ts';
import { SAMPLE_FIELDS, SAMPLE_KIND, sampleVerdict, sampleView } from '../kit/fixtures/sample-view.ts';
import type { Shown } from '../kit/link-state.ts';
import type { Remark } from '../kit/terminal-page.tsx';
import { KioskPage } from './kiosk-page.tsx';

afterEach(() => {
  render(null, document.body);
});

describe.each(['zh', 'en'] as const)('the kiosk in %s', (language) => {
  const words = wording[language];
  const settings = { language, largeText: false };

  test.each(REASONS)('$reason says what it is, what it means and what to do', ({ reason, outcome }) => {
    const page = draw(live(sampleVerdict({ reason, outcome, fields: [] }), { settings }));
    const main = page.querySelector('main');
    expect(main?.dataset).toMatchObject({ screen: 'verdict', outcome, reason });
    expect(main?.querySelector('h1')?.textContent).toBe(
      words.outcomes[outcome].headline + words.outcomes[outcome].aside,
    );
    expect(main?.textContent).toContain(words.reasons[reason].title);
    expect(main?.textContent).toContain(words.reasons[reason].sentence);
    expect(main?.textContent).toContain(words.reasons[reason].todo);
    expect(main?.querySelector(`.seal .icon-${outcome}`)).not.toBeNull();
  });

  test.each(['not-enrolled', 'no-scanner', 'store-failed'] as const)('out of service: %s', (cause) => {
    const page = draw(live({ name: 'out-of-service', cause }, { settings }));
    expect(page.textContent).toContain(words.outOfService[cause].sentence);
    expect(page.textContent).toContain(words.outOfService[cause].todo);
  });

  test('the invitation says how to hold the phone', () => {
    const page = draw(live({ name: 'inviting' }, { settings }));
    expect(page.querySelector('h1')?.textContent).toBe(words.inviting.headline.join(''));
    expect(page.textContent).toContain(words.inviting.hold);
    expect(page.textContent).toContain(words.inviting.brightness);
  });
});

test('an undetermined outcome never reads as invalid', () => {
  const page = draw(live(sampleVerdict({ outcome: 'undetermined', reason: 'needs-network', fields: [] })));
  expect(page.querySelector('h1')?.textContent).toBe('暂时无法核验（不代表证照无效）');
});

test('an accepted licence shows its fields as they come, and that parts are hidden', () => {
  const page = draw(live(sampleVerdict()));
  expect([...page.querySelectorAll('dd')].map((value) => value.textContent)).toEqual(
    SAMPLE_FIELDS.map((field) => field.value),
  );
  expect(page.textContent).toContain(SAMPLE_KIND.zh);
  expect(page.textContent).toContain(wording.zh.verdict.masked);
});

test('a verdict without fields has no place for fields', () => {
  const page = draw(live(sampleVerdict({ outcome: 'rejected', reason: 'revoked', fields: [] })));
  expect(page.querySelector('dl')).toBeNull();
  expect(page.textContent).not.toContain(wording.zh.verdict.masked);
});

test('the verdict says when it goes, and Done sends it away now', () => {
  const commands: Command[] = [];
  const page = draw(live(sampleVerdict()), commands);
  expect(page.textContent).toContain('查询结果将在30秒后清除');
  press(page, wording.zh.verdict.done);
  expect(commands).toEqual([{ type: 'dismiss' }]);
});

test('language and large type are asked of the terminal, one at a time', () => {
  const commands: Command[] = [];
  const page = draw(live({ name: 'inviting' }), commands);
  press(page, 'English');
  press(page, '长辈版');
  expect(commands).toEqual([
    { type: 'settings', settings: { language: 'en', largeText: false } },
    { type: 'settings', settings: { language: 'zh', largeText: true } },
  ]);
});

test('the switches show what is set', () => {
  const page = draw(live({ name: 'inviting' }, { settings: { language: 'en', largeText: true } }));
  const pressed = [...page.querySelectorAll('[aria-pressed="true"]')].map((button) => button.textContent);
  expect(pressed).toEqual(['English', 'Large text']);
});

test('a city that is not connected is a small banner over a working screen', () => {
  const page = draw(live({ name: 'inviting' }, { city: { connected: false } }));
  expect(page.querySelector('.notices')?.textContent).toBe(wording.zh.cityNotConnected);
  expect(page.querySelector('main')?.getAttribute('data-screen')).toBe('inviting');
});

test('a lost terminal takes the verdict down and points to the counter', () => {
  const page = draw({ link: 'lost', settings: { language: 'zh', largeText: false } });
  expect(page.querySelector('main')?.getAttribute('data-screen')).toBe('not-answering');
  expect(page.textContent).toContain(wording.zh.notAnswering.todo);
});

test('a page that has just opened says the terminal is starting', () => {
  const page = draw({ link: 'opening', settings: { language: 'zh', largeText: false } });
  expect(page.querySelector('main')?.getAttribute('data-screen')).toBe('starting');
});

test('a scan that was too long to be a code is not passed over in silence', () => {
  const page = draw(live({ name: 'inviting' }), [], 'codeTooLong');
  expect(page.querySelector('.notices')?.textContent).toBe(wording.zh.codeTooLong);
});

function live(screen: Screen, change: Partial<View> = {}): Shown {
  const view = sampleView(screen, change);
  return {
    link: 'live',
    settings: view.settings,
    view,
    ...(screen.name === 'verdict' ? { clearsAt: performance.now() + screen.clearsInMs } : {}),
  };
}

function draw(shown: Shown, commands: Command[] = [], remark?: Remark): HTMLElement {
  void act(() =>
    render(
      <KioskPage shown={shown} remark={remark} onCommand={(command) => commands.push(command)} />,
      document.body,
    ),
  );
  return document.body;
}

function press(page: HTMLElement, words: string): void {
  const button = [...page.querySelectorAll('button')].find(({ textContent }) => textContent === words);
  if (!button) throw new Error(`no button ${words}`);
  button.click();
}
