/** Where time enters the agent. */
export interface AgentClock {
  /** The system's wall clock, unix ms; may be wrong and may jump. */
  now(): number;
  /** ms that only go forward. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export function systemAgentClock(): AgentClock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, Math.min(ms, LONGEST_TIMER_MS));
        signal.addEventListener('abort', done);
      }),
  };
}

/** setTimeout fires at once for more than a signed 32-bit number. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
