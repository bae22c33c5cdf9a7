export interface UsedMemory {
  /** bytes of JavaScript objects */
  readonly heap: number;
  /** bytes of array buffers and what else lies outside of the heap */
  readonly outside: number;
}

/** What is in use once the garbage is gone. Needs `--expose-gc`. */
export function usedMemory(): UsedMemory {
  if (!gc) throw new Error('started without --expose-gc');
  gc();
  gc(); // array buffers are swept in the background; the second waits for the sweep of the first
  return currentMemory();
}

/** The same with the garbage. */
export function currentMemory(): UsedMemory {
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, outside: external };
}
