/** Where a row lies in its list, or a window over the list: CSS pixels from the top of the list. */
export interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** Layout rounds to parts of a pixel. */
const SLACK_PX = 1;

/** How much of a row too tall for the window stays in sight from one page to the next. */
const OVERLAP = 0.15;

/** Rows the edge of the window would cut. A row too tall for the window is cut wherever it stands, so it isn't one. */
export function rowsCut(rows: readonly Span[], window: Span): ReadonlySet<number> {
  return new Set(
    rows.flatMap((row, index) => (isWhole(row, window) || isTooTall(row, window) ? [] : [index])),
  );
}

/** How many rows are not yet read to their end. */
export function rowsToCome(rows: readonly Span[], window: Span): number {
  return rows.filter((row) => row.bottom > window.bottom + SLACK_PX).length;
}

/** Where the window's top goes for the next page: to the first row not read to its end, or back to the first one. */
export function nextPageTop(rows: readonly Span[], window: Span): number {
  const next = rows.find((row) => row.bottom > window.bottom + SLACK_PX);
  if (!next) return 0;
  if (next.top > window.top + SLACK_PX) return next.top;
  return window.top + (window.bottom - window.top) * (1 - OVERLAP);
}

function isWhole(row: Span, window: Span): boolean {
  return row.top >= window.top - SLACK_PX && row.bottom <= window.bottom + SLACK_PX;
}

function isTooTall(row: Span, window: Span): boolean {
  return row.bottom - row.top > window.bottom - window.top + SLACK_PX;
}
