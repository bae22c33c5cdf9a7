import { describe, expect, test } from 'vitest';
import { BURST_IDLE_MS, type BurstResult, burstIdle, burstKey, QUIET } from './keyboard-burst.ts';

const CAP = 4096;

describe('keyboard bursts', () => {
  test('a burst ended by Enter is one scan without its terminator', () => {
    expect(typed(keys('6BF-TEST', 12), 'Enter')).toEqual([{ type: 'scan', text: '6BF-TEST' }]);
  });

  test('Tab ends a burst too', () => {
    expect(typed(keys('6BF-TEST', 8), 'Tab')).toEqual([{ type: 'scan', text: '6BF-TEST' }]);
  });

  test('case and spaces are kept, the one at the end included', () => {
    expect(typed(keys('aB cD:9 ', 16), 'Enter')).toEqual([{ type: 'scan', text: 'aB cD:9 ' }]);
  });

  test('Shift between the characters is not part of the text', () => {
    const withShift = ['Shift', 'A', 'Shift', 'B', 'c', 'd', 'e', 'f'].map((key) => ({ key, gap: 10 }));
    expect(typed(withShift, 'Enter')).toEqual([{ type: 'scan', text: 'ABcdef' }]);
  });

  test('silence ends a burst of a module that sends no terminator', () => {
    expect(typed(keys('12345678', 10))).toEqual([{ type: 'scan', text: '12345678' }]);
  });

  test('silence shorter than the limit ends nothing', () => {
    const { state } = burstKey(QUIET, 'A', 0, CAP);
    expect(burstIdle(state, BURST_IDLE_MS - 1).state).toBe(state);
    expect(burstIdle(state, BURST_IDLE_MS).state).toBe(QUIET);
  });

  test('a person typing is no scan, Enter or not', () => {
    expect(typed(keys('hello world', 120), 'Enter', 120)).toEqual([]);
  });

  test('a few keys rolled under the fingers are no scan', () => {
    expect(typed(keys('asdf', 30), 'Enter')).toEqual([]);
  });

  test('a key a person left behind is not put before the scan that follows', () => {
    expect(typed([{ key: 'x', gap: 0 }, { key: 'A', gap: 200 }, ...keys('BCDEFG', 10)], 'Enter')).toEqual([
      { type: 'scan', text: 'ABCDEFG' },
    ]);
  });

  test('two scans without a terminator come out as two, even if no idle timer ran between them', () => {
    const [first, ...rest] = keys('SECOND', 10);
    const between = [{ key: first?.key ?? '', gap: 300 }, ...rest];
    expect(typed([...keys('FIRST1', 10), ...between])).toEqual([
      { type: 'scan', text: 'FIRST1' },
      { type: 'scan', text: 'SECOND' },
    ]);
  });

  test('a burst of exactly the cap is a scan', () => {
    expect(typed(keys('A'.repeat(20), 10), 'Enter', 10, 20)).toEqual([
      { type: 'scan', text: 'A'.repeat(20) },
    ]);
  });

  test('a burst over the cap is dropped as a whole, once, and the next one is clean', () => {
    const steps = [...keys('A'.repeat(25), 10), { key: 'Enter', gap: 10 }, ...keys('NEXT-1', 10)];
    expect(typed(steps, 'Enter', 10, 20)).toEqual([
      { type: 'dropped', length: 25 },
      { type: 'scan', text: 'NEXT-1' },
    ]);
  });

  test('keys of a burst are swallowed, so that none of them presses a button; a lone Enter is not', () => {
    expect(burstKey(QUIET, 'Enter', 0, CAP).swallow).toBe(false);
    let state = QUIET;
    for (const [index, key] of [...'ABCDEF'].entries()) state = burstKey(state, key, index * 10, CAP).state;
    expect(burstKey(state, ' ', 60, CAP).swallow).toBe(true);
    expect(burstKey(state, 'Enter', 60, CAP).swallow).toBe(true);
    expect(burstKey(state, 'Enter', 500, CAP).swallow).toBe(false);
  });
});

interface TimedKey {
  readonly key: string;
  /** Milliseconds after the key before. */
  readonly gap: number;
}

function keys(text: string, gap: number): readonly TimedKey[] {
  return [...text].map((key) => ({ key, gap }));
}

/** Feeds the keys, then the terminator if there is one, then silence; answers all results. */
function typed(steps: readonly TimedKey[], terminator?: string, lastGap = 10, cap = CAP): BurstResult[] {
  const all = terminator === undefined ? steps : [...steps, { key: terminator, gap: lastGap }];
  const results: BurstResult[] = [];
  let state = QUIET;
  let time = 1000;
  for (const { key, gap } of all) {
    time += gap;
    const step = burstKey(state, key, time, cap);
    state = step.state;
    if (step.result) results.push(step.result);
  }
  const { result } = burstIdle(state, time + BURST_IDLE_MS);
  return result ? [...results, result] : results;
}
