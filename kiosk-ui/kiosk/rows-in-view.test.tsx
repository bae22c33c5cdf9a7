import { expect, test } from 'vitest';
import { nextPageTop, rowsCut, rowsToCome, type Span } from './rows-in-view.ts';

/** Ten rows of 40 px, one right under the other. */
const ROWS: readonly Span[] = Array.from({ length: 10 }, (_, row) => ({
  top: row * 40,
  bottom: row * 40 + 40,
}));

/** The last of these rows is taller than the windows of the tests. */
const WITH_TALL_ROW: readonly Span[] = [
  { top: 0, bottom: 40 },
  { top: 40, bottom: 540 },
];

test('a list that fits is whole', () => {
  expect([...rowsCut(ROWS, { top: 0, bottom: 400 })]).toEqual([]);
  expect(rowsToCome(ROWS, { top: 0, bottom: 400 })).toBe(0);
});

test('a row at the edge of the window is cut, and so not drawn', () => {
  expect([...rowsCut(ROWS, { top: 60, bottom: 220 })]).toEqual([0, 1, 5, 6, 7, 8, 9]);
});

test('half a pixel of rounding cuts nothing', () => {
  expect(rowsToCome(ROWS, { top: 0, bottom: 399.5 })).toBe(0);
});

test('turning pages reads every row whole and then begins again', () => {
  const read = new Set<number>();
  let top = 0;
  for (let page = 0; page < 4; page++) {
    const window = { top, bottom: top + 150 };
    const cut = rowsCut(ROWS, window);
    for (const index of ROWS.keys()) if (!cut.has(index)) read.add(index);
    // a browser scrolls no further than the end of the list
    top = Math.min(nextPageTop(ROWS, window), 400 - 150);
  }
  expect(read.size).toBe(ROWS.length);
  expect(nextPageTop(ROWS, { top: 250, bottom: 400 })).toBe(0);
});

test('a row taller than the window is drawn, and read in steps to its end', () => {
  expect([...rowsCut(WITH_TALL_ROW, { top: 100, bottom: 300 })]).toEqual([0]);
  expect(nextPageTop(WITH_TALL_ROW, { top: 0, bottom: 200 })).toBe(40);
  const second = nextPageTop(WITH_TALL_ROW, { top: 40, bottom: 240 });
  expect(second).toBeGreaterThan(40);
  expect(second).toBeLessThan(240);
});
