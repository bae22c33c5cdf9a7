import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PEOPLE } from './fixtures.ts';
import { followPeople, REFRESH_MS } from './follow-people.ts';
import type { Outcome } from './phone-api.ts';
import type { People } from './phone-contract.ts';

const WALLET = { language: 'zh', person: 'lin-xiaotong' } as const;
const CODE = { ...WALLET, licence: 'lin-insurance' } as const;

let asked: number;
let answer: () => Response;
let seen: Outcome<People>[];
beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  seen = [];
  answer = () => Response.json(PEOPLE);
  vi.stubGlobal('fetch', async () => {
    asked++;
    return answer();
  });
});
afterEach(() => {
  vi.clearAllTimers();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const follow = () => followPeople((people) => seen.push(people));

test('coming back to the wallet asks again', async () => {
  const visit = follow();
  visit(WALLET);
  await vi.advanceTimersByTimeAsync(10 * REFRESH_MS);
  expect(asked).toBe(1);
  visit(WALLET);
  await vi.advanceTimersByTimeAsync(0);
  expect(seen.length).toBe(2);
});

test('while a code is shown the list is asked for again and again, and no longer after', async () => {
  const visit = follow();
  visit(CODE);
  await vi.advanceTimersByTimeAsync(3 * REFRESH_MS);
  expect(asked).toBe(4);
  visit(WALLET);
  await vi.advanceTimersByTimeAsync(10 * REFRESH_MS);
  expect(asked).toBe(5);
});

test('a city that goes away doesn’t take the code off the screen', async () => {
  const visit = follow();
  visit(CODE);
  await vi.advanceTimersByTimeAsync(0);
  answer = () => new Response('<html>', { status: 502 });
  await vi.advanceTimersByTimeAsync(2 * REFRESH_MS);
  expect(seen).toEqual([{ ok: true, value: PEOPLE }]);
});

test('in the wallet a city that goes away is said, and asked until it is back', async () => {
  answer = () => new Response('<html>', { status: 502 });
  follow()(WALLET);
  await vi.advanceTimersByTimeAsync(0);
  answer = () => Response.json(PEOPLE);
  await vi.advanceTimersByTimeAsync(REFRESH_MS);
  expect(seen).toEqual([
    { ok: false, fault: 'unreachable' },
    { ok: true, value: PEOPLE },
  ]);
});
