import type { Framing, FramingOutput } from '../framing/framing.ts';

/** Starts a framing, feeds it Latin-1 text for bytes, and records what it makes of it, in the order it came. */
export function recordFraming(start: (output: FramingOutput) => Framing) {
  const record = { frames: [] as string[], faults: [] as string[] };
  const framing = start({
    frame: (bytes) => record.frames.push(Buffer.from(bytes).toString('latin1')),
    fault: (fault) => record.faults.push(fault.name),
  });
  return {
    record,
    async take(text: string): Promise<void> {
      framing.take(Buffer.from(text, 'latin1'));
      await streamsSettled();
    },
    async close(): Promise<void> {
      framing.close();
      await streamsSettled();
    },
  };
}

/** Node's streams hand on their data by next tick at the latest. */
function streamsSettled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
