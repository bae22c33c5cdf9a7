/** The first try after a failure comes this soon. */
export const FIRST_RETRY_MS = 250;
/** However long it has failed, a device that comes back without an event is found within this. */
export const LONGEST_RETRY_MS = 2_000;

/** How long to wait before the next try, after so many failures in a row. */
export function retryMs(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 16), LONGEST_RETRY_MS);
}
