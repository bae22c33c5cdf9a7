/** YYYY-MM-DD of a unix time (seconds), in China: the dates that stand on licences. */
export function chinaDate(unixSeconds: number): string {
  return new Date((unixSeconds + CHINA_OFFSET_SECONDS) * 1000).toISOString().slice(0, 10);
}

/** China has one time zone and no summer time. */
export const CHINA_OFFSET_SECONDS = 8 * 3600;
