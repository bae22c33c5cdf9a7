import { expect, test } from 'vitest';
import { sampleVerdict, sampleView } from './fixtures/sample-view.ts';
import type { Shown } from './link-state.ts';
import { newVerdict } from './new-verdict.ts';

const settings = { language: 'zh', largeText: false } as const;
const verdict = live(7);

test('a new verdict sounds once, however often it is redrawn', () => {
  expect(newVerdict(verdict, undefined)).toEqual({ number: 7, play: 'accepted' });
  expect(newVerdict(verdict, 7)).toEqual({ number: 7 });
});

test('the next verdict sounds again', () => {
  expect(newVerdict(live(8), 7)).toEqual({ number: 8, play: 'accepted' });
});

test('a verdict that comes back with its connection stays silent', () => {
  const { number } = newVerdict({ link: 'lost', settings }, 7);
  expect(newVerdict(verdict, number)).toEqual({ number: 7 });
});

test('a terminal that restarted and counts from the beginning is heard', () => {
  const inviting: Shown = { link: 'live', settings, view: sampleView({ name: 'inviting' }) };
  const { number } = newVerdict(inviting, 1);
  expect(newVerdict(live(1), number)).toEqual({ number: 1, play: 'accepted' });
});

function live(number: number): Shown {
  return { link: 'live', settings, view: sampleView(sampleVerdict({ number })) };
}
