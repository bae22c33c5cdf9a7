/** YYYY-MM-DD of a unix time (seconds), in China: the dates that stand on licences. */
export function chinaDate(unixSeconds: number): string {
  return new Date((unixSeconds + CHINA_OFFSET_SECONDS) * 1000).toISOString().slice(0, 10);
}

/** China has one time zone and no summer time. */
export const CHINA_OFFSET_SECONDS = 8 * 3600;

/** The last day on which something holds that ends at `exp` (unix seconds, exclusive). */
export function lastChinaDay(exp: number): string {
  return chinaDate(exp - 1);
}
