import type { Discarded, Frame, StartFraming } from '../framing/framing.ts';

/** What a framing made of the bytes, by name, each in the order it came; bytes as Latin-1 text. */
export interface FramingRecord {
  readonly codes: string[];
  readonly answers: string[];
  readonly replies: string[];
  readonly discarded: DiscardRecord[];
}

export interface DiscardRecord {
  readonly why: Discarded['why'];
  readonly count: number;
  readonly bytes: string;
}

/** Starts a framing, feeds it Latin-1 text for bytes, and records what it makes of it. */
export function recordFraming(start: StartFraming) {
  const record = emptyRecord();
  const framing = start((frame) => recordFrame(record, frame));
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

/** Puts frames that came out of a framing into a record. */
export function recordFrames(frames: readonly Frame[]): FramingRecord {
  const record = emptyRecord();
  for (const frame of frames) recordFrame(record, frame);
  return record;
}

function emptyRecord(): FramingRecord {
  return { codes: [], answers: [], replies: [], discarded: [] };
}

function recordFrame(record: FramingRecord, frame: Frame): void {
  const bytes = Buffer.from(frame.bytes).toString('latin1');
  switch (frame.name) {
    case 'code':
      record.codes.push(bytes);
      break;
    case 'answer':
      record.answers.push(bytes);
      break;
    case 'reply':
      record.replies.push(bytes);
      break;
    case 'discarded':
      record.discarded.push({ why: frame.why, count: frame.count, bytes });
      break;
    default:
      frame satisfies never;
  }
}

/** Node's streams hand on their data by next tick at the latest. */
function streamsSettled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
