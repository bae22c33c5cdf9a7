import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { concat } from '../concat.ts';
import { discard, type Frame, type Framing, type Step } from '../framing.ts';

/**
 * The scanner waits for each acknowledgement before it sends the next part, and how long it does if one is lost isn't
 * known. Parts are numbered, so waiting long mixes nothing up.
 */
export const NEXT_PART_MS = 2_000;

/** Where in a code the last report has left us. */
export type SnapiState = { readonly name: 'between' } | SnapiCode;

interface SnapiCode {
  readonly name: 'within';
  readonly total: number;
  /** The part that has to come next. */
  readonly next: number;
  readonly type: number;
  readonly bytes: Uint8Array;
  /** It has been reported and its bytes are dropped up to the last part. */
  readonly tooLong: boolean;
}

interface Part {
  readonly total: number;
  readonly index: number;
  readonly type: number;
  readonly data: Uint8Array;
}

const BETWEEN: SnapiState = { name: 'between' };

const STATUS_REPORT = 0x21;
const NOTICE_REPORT = 0x24;

/** Where a report carries what; numbers of parts are of one byte, or of two with the high one first. */
interface PartLayout {
  readonly totalAt: number;
  readonly indexAt: number;
  readonly numberBytes: 1 | 2;
  readonly lengthAt: number;
  readonly typeAt: number;
  readonly dataAt: number;
}

/** By report id: `22 total index length type ? data`, and the same for codes of many parts. */
const PART_LAYOUTS: ReadonlyMap<number, PartLayout> = new Map([
  [0x22, { totalAt: 1, indexAt: 2, numberBytes: 1, lengthAt: 3, typeAt: 4, dataAt: 6 }],
  [0x26, { totalAt: 1, indexAt: 3, numberBytes: 2, lengthAt: 5, typeAt: 6, dataAt: 8 }],
]);

/**
 * Zebra SNAPI over HID: codes in numbered parts, each of which is acknowledged at once, be it in order or not. Its code
 * types are Zebra's own, so no AIM identifier comes of them.
 *
 * Nothing of this is from a document of the vendor: it is what public driver code does, not tried on a scanner.
 */
export const snapiFraming: Framing<SnapiState> = {
  start: BETWEEN,
  take(state, report) {
    const [id] = report;
    if (id === undefined) return { state, frames: [] };
    if (id === STATUS_REPORT || id === NOTICE_REPORT) {
      return { state, frames: [{ name: 'answer', bytes: report.slice() }] };
    }
    const layout = PART_LAYOUTS.get(id);
    if (!layout) return { state, frames: [discard('garbage', report, `a report with id ${id}`)] };
    const part = readPart(layout, report);
    const taken = part ? takePart(state, report, part) : damaged(state, report);
    return { state: taken.state, frames: [acknowledgement(id), ...taken.frames] };
  },
  patienceMs: (state) => (state.name === 'between' ? undefined : NEXT_PART_MS),
  quiet: (state) => ({ state: BETWEEN, frames: unfinished(state, `no next part within ${NEXT_PART_MS} ms`) }),
  end: (state) => unfinished(state, 'the connection ended within a code'),
};

function acknowledgement(id: number): Frame {
  return { name: 'reply', bytes: Uint8Array.of(0x01, id, 0x01, 0x00) };
}

/** @returns undefined for a part that isn't whole or makes no sense */
function readPart(layout: PartLayout, report: Uint8Array): Part | undefined {
  const { totalAt, indexAt, numberBytes, lengthAt, typeAt, dataAt } = layout;
  const total = numberAt(report, totalAt, numberBytes);
  const index = numberAt(report, indexAt, numberBytes);
  const length = numberAt(report, lengthAt, 1);
  // with a byte of data in it, a report has all that stands before the data
  if (index >= total || length === 0 || dataAt + length > report.length) return undefined;
  return { total, index, type: numberAt(report, typeAt, 1), data: report.slice(dataAt, dataAt + length) };
}

function numberAt(report: Uint8Array, at: number, bytes: 1 | 2): number {
  return report.subarray(at, at + bytes).reduce((value, byte) => value * 0x100 + byte, 0);
}

function damaged(state: SnapiState, report: Uint8Array): Step<SnapiState> {
  const garbage = discard('garbage', report, `a part of ${report.length} bytes that is not whole`);
  return { state: BETWEEN, frames: [...unfinished(state, 'a later part is damaged'), garbage] };
}

function takePart(state: SnapiState, report: Uint8Array, part: Part): Step<SnapiState> {
  if (state.name === 'within' && continues(state, part)) return extend(state, part);
  const { index, total, type } = part;
  const half = unfinished(state, `part ${index} of ${total} came instead of the next`);
  if (index > 0) {
    const garbage = discard('garbage', report, `part ${index} of ${total} without those before it`);
    return { state: BETWEEN, frames: [...half, garbage] };
  }
  const begun = extend(
    { name: 'within', total, next: 0, type, bytes: new Uint8Array(), tooLong: false },
    part,
  );
  return { state: begun.state, frames: [...half, ...begun.frames] };
}

function continues(code: SnapiCode, { total, index, type }: Part): boolean {
  return total === code.total && index === code.next && type === code.type;
}

function extend(code: SnapiCode, { index, data }: Part): Step<SnapiState> {
  const last = index === code.total - 1;
  const extended = { ...code, next: index + 1, bytes: concat([code.bytes, data]) };
  if (code.tooLong || extended.bytes.length > MAX_SCAN_BYTES) {
    const detail = `a code of more than ${MAX_SCAN_BYTES} bytes`;
    const frames = code.tooLong ? [] : [discard('too-long', extended.bytes, detail)];
    return { state: last ? BETWEEN : { ...extended, bytes: new Uint8Array(), tooLong: true }, frames };
  }
  if (!last) return { state: extended, frames: [] };
  return { state: BETWEEN, frames: [{ name: 'code', bytes: extended.bytes, frames: code.total }] };
}

function unfinished(state: SnapiState, why: string): readonly Frame[] {
  if (state.name === 'between' || state.tooLong) return [];
  return [discard('unfinished', state.bytes, `${state.next} of ${state.total} parts: ${why}`)];
}
