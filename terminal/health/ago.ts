import type { Names } from '../contract.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A span of time in words, rounded down: `3 hours`, `3 小时`. */
export function spanOf(ms: number): Names {
  if (ms >= DAY_MS) return span(ms / DAY_MS, 'day', '天');
  if (ms >= HOUR_MS) return span(ms / HOUR_MS, 'hour', '小时');
  return span(Math.max(ms, 0) / MINUTE_MS, 'minute', '分钟');
}

function span(exact: number, en: string, zh: string): Names {
  const count = Math.floor(exact);
  return { en: `${count} ${en}${count === 1 ? '' : 's'}`, zh: `${count} ${zh}` };
}
