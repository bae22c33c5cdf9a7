/** Where the city's time comes from; tests hand in one they can turn. */
export interface Clock {
  /** unix ms */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
