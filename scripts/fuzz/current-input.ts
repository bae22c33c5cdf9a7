import type { CampaignPlan } from './campaign.ts';

/**
 * The input under way, in memory that two threads share, so that it is known after a run that ended its thread or
 * never ends.
 */
export function currentInput(shared: SharedArrayBuffer): {
  readonly announce: NonNullable<CampaignPlan['announce']>;
  read(): { readonly run: number; readonly target: number; readonly input: Uint8Array };
} {
  const [RUN, TARGET, LENGTH] = [0, 1, 2];
  const head = new Int32Array(shared, 0, 3);
  const body = new Uint8Array(shared, HEAD_BYTES);
  return {
    announce(target, input) {
      body.set(input.subarray(0, body.length));
      head[TARGET] = target;
      head[LENGTH] = Math.min(input.length, body.length);
      Atomics.add(head, RUN, 1);
    },
    read() {
      const input = Uint8Array.from(body.subarray(0, head[LENGTH]));
      return { run: Atomics.load(head, RUN), target: head[TARGET] ?? 0, input };
    },
  };
}

const HEAD_BYTES = 12;
const LONGEST_INPUT = 1024 * 1024;

export function sharedInput(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEAD_BYTES + LONGEST_INPUT);
}
