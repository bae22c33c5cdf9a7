import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_FUTURE_IAT_MS } from '../licence/best-time.ts';
import type { Outcome } from './fault.ts';
import { StatusLists } from './lists.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { LIST_URI } from './testing/fake-city.ts';

const SECOND_URI = 'https://issuer.example/lists/2';

let bench: Bench;
let lists: StatusLists;
beforeEach(async () => {
  bench = await openBench();
  await bench.trusting();
  lists = new StatusLists(bench);
});
afterEach(() => bench.close());

const name = (outcome: Outcome<unknown>) => (outcome.ok ? outcome.value : outcome.fault.name);
const refresh = () => {
  lists.want('all');
  return lists.refresh(bench.signal);
};
const held = () => bench.store.statusLists().map(({ uri, iat }) => [uri, iat]);
const seconds = () => Math.floor(bench.clock.wall / 1000);

test('every list of an admitted issuer is fetched', async () => {
  bench.city.publishTargets([LIST_URI, SECOND_URI]);
  bench.city.publishList(seconds(), SECOND_URI);
  await bench.keeper.refresh(bench.signal);
  expect(name(await refresh())).toBe(2);
  expect(held().map(([uri]) => uri)).toEqual([LIST_URI, SECOND_URI]);
});

test('a list that has not changed is not sent again', async () => {
  await refresh();
  expect(name(await refresh())).toBe(0);
});

test('a list older than the one held is refused', async () => {
  bench.city.publishList(seconds());
  await refresh();
  bench.city.publishList(seconds() - 1);
  expect(name(await refresh())).toBe('rollback');
  expect(held()).toEqual([[LIST_URI, seconds()]]);
});

test('another list signed in the same second is refused: nobody may swap a revocation back', async () => {
  bench.city.publishList(seconds());
  await refresh();
  const before = bench.store.statusListHeads();
  bench.city.publishList(seconds(), LIST_URI, new Uint8Array(128).fill(1));
  expect(name(await refresh())).toBe('rollback');
  expect(bench.store.statusListHeads()).toEqual(before);
});

test('the one signed a second later is taken, and the terminal can tell', async () => {
  await refresh();
  const [before] = bench.store.statusListHeads();
  bench.city.publishList(seconds() + 1, LIST_URI, new Uint8Array(128).fill(1));
  expect(name(await refresh())).toBe(1);
  const [after] = bench.store.statusListHeads();
  expect(after?.revision).toBeGreaterThan(before?.revision ?? 0);
});

test('a list from the future is refused once the city has signed a time', async () => {
  bench.store.saveSignedTime({ offsetMs: 0, floorMs: bench.clock.wall }, new Uint8Array(1));
  bench.city.publishList(seconds() + MAX_FUTURE_IAT_MS / 1000 + 1);
  expect(name(await refresh())).toBe('future');
  expect(held()).toEqual([]);
});

test('before the first signed time no list is from the future', async () => {
  bench.clock.wall = 0;
  expect(name(await refresh())).toBe(1);
});

test('a list signed by nobody admitted is refused', async () => {
  bench.city.publishList(seconds(), SECOND_URI);
  const foreign = bench.city.lists.get(SECOND_URI);
  if (foreign) bench.city.lists.set(LIST_URI, foreign);
  expect(name(await refresh())).toBe('not-signed');
});

test('one bad list holds up no other', async () => {
  bench.city.publishTargets([SECOND_URI, LIST_URI]);
  await bench.keeper.refresh(bench.signal);
  expect(name(await refresh())).toBe('refused');
  expect(held().map(([uri]) => uri)).toEqual([LIST_URI]);
});

test('lists that no issuer owns any more are dropped', async () => {
  await refresh();
  bench.city.publishTargets([]);
  await bench.keeper.refresh(bench.signal);
  await refresh();
  expect(held()).toEqual([]);
});

test('a hint fetches the list it names and no other', async () => {
  bench.city.publishTargets([LIST_URI, SECOND_URI]);
  bench.city.publishList(seconds(), SECOND_URI);
  await bench.keeper.refresh(bench.signal);
  await refresh();
  bench.city.asked.length = 0;
  lists.want(SECOND_URI);
  await lists.refresh(bench.signal);
  expect(bench.city.asked).toEqual([`GET /v1/status/${encodeURIComponent(SECOND_URI)}`]);
});

test('a hint for a list nobody owns asks for nothing', async () => {
  await refresh();
  bench.city.asked.length = 0;
  lists.want('https://elsewhere.example/');
  await lists.refresh(bench.signal);
  expect(bench.city.asked).toEqual([]);
});
