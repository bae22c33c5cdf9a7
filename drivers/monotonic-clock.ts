/** Milliseconds that only ever grow, on the scale of `performance.now()`: what ages and gaps are measured with. */
export type MonotonicClock = () => number;
