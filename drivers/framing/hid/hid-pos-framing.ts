import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { concat } from '../concat.ts';
import { discard, type Frame, type Framing, type Step } from '../framing.ts';
import { layoutShownBy, type PosLayout, type PosReport, readPosReport } from './hid-pos-layout.ts';
import { readReportDescriptor } from './report-descriptor.ts';
import { posLayoutOf } from './stated-pos-layout.ts';

/**
 * The next report of a code comes with one of the next polls, every 1 to 16 ms; nobody shows another code within this
 * time. One that comes later begins a new code.
 */
export const CONTINUATION_MS = 250;

/** MAX_SCAN_BYTES in reports of 8 bytes of data; real scanners put 56 or 62 into one. */
export const MAX_CODE_REPORTS = 512;

/** What Honeywell scanners send in place of an AIM identifier when a report answers a command. */
const ANSWER_SYMBOLOGIES: ReadonlySet<string> = new Set([']X0', ']Z6']);

/** What Newland's answers begin with: STX, SOH, `0000`. */
const NEWLAND_ANSWER = [0x02, 0x01, 0x30, 0x30, 0x30, 0x30];

/** Where in a code the last report has left us. */
export type PosState =
  | { readonly name: 'between' }
  | PosCode
  /** A code turned out too long, or one of its reports was damaged: its other reports are dropped, up to its last. */
  | { readonly name: 'spoilt'; readonly layout: PosLayout; readonly why: 'too-long' | 'damaged' };

interface PosCode {
  readonly name: 'within';
  /** Kept for the whole code: a continuation may look like another layout. */
  readonly layout: PosLayout;
  readonly bytes: Uint8Array;
  readonly reports: number;
  readonly symbology?: string;
}

type Part = Extract<PosReport, { readonly name: 'part' }>;
type Damaged = Extract<PosReport, { readonly name: 'damaged' }>;

const BETWEEN: PosState = { name: 'between' };

/** HID POS by the layout that the device's own descriptor states, or else the one its reports show. */
export function statedHidPosFraming(descriptor: Uint8Array | undefined): Framing<PosState> {
  const reading = descriptor && readReportDescriptor(descriptor);
  const layout = reading?.ok ? posLayoutOf(reading.descriptor) : undefined;
  return hidPosFraming(layout ?? 'auto');
}

/**
 * Codes put together from HID POS reports, each with its data, where the layout has one its AIM identifier, and a flag
 * that says whether more follows. Answers to commands come the same way and are told by their identifier (Honeywell) or
 * their beginning (Newland).
 *
 * Reports carry no number: a continuation whose first report was lost on the way looks like a code of its own, and no
 * layout helps to tell. A signature over the whole code does.
 *
 * @param layout 'auto' takes it from the shape of each code's first report
 */
export function hidPosFraming(layout: PosLayout | 'auto'): Framing<PosState> {
  return {
    start: BETWEEN,
    take(state, report) {
      if (report.length === 0) return { state, frames: [] };
      const used = state.name === 'between' ? chosen(layout, report) : state.layout;
      const reading = readPosReport(used, report);
      switch (reading.name) {
        case 'foreign':
          return { state, frames: [discard('garbage', report, reading.detail)] };
        case 'damaged':
          return takeDamaged(state, used, report, reading);
        case 'part':
          return takePart(state, used, report, reading);
        default:
          return reading satisfies never;
      }
    },
    patienceMs: (state) => (state.name === 'between' ? undefined : CONTINUATION_MS),
    quiet(state) {
      if (state.name !== 'within') return { state: BETWEEN, frames: [] };
      // without a flag, a code that fills its reports to the last byte can only end like this
      if (!state.layout.more) return { state: BETWEEN, frames: [whole(state)] };
      return { state: BETWEEN, frames: [unfinished(state, `no continuation within ${CONTINUATION_MS} ms`)] };
    },
    end(state) {
      return state.name === 'within' ? [unfinished(state, 'the connection ended within a code')] : [];
    },
  };
}

function chosen(layout: PosLayout | 'auto', report: Uint8Array): PosLayout {
  return layout === 'auto' ? layoutShownBy(report) : layout;
}

/**
 * A code with a hole is none: what has come of it goes, and what still comes. Where no code was begun, only the report
 * itself goes: it may be anything.
 */
function takeDamaged(
  state: PosState,
  layout: PosLayout,
  report: Uint8Array,
  { detail, last }: Damaged,
): Step<PosState> {
  const garbage = discard('garbage', report, detail);
  const spoilt: PosState = state.name === 'within' ? { name: 'spoilt', layout, why: 'damaged' } : state;
  const half = state.name === 'within' ? [unfinished(state, 'a later report of it is damaged')] : [];
  return { state: last === true ? BETWEEN : spoilt, frames: [...half, garbage] };
}

function takePart(state: PosState, layout: PosLayout, report: Uint8Array, part: Part): Step<PosState> {
  switch (state.name) {
    case 'between':
      return extend({ name: 'within', layout, bytes: new Uint8Array(), reports: 0 }, part);
    case 'within':
      if (!isOther(state, part)) return extend(state, part);
      return begunAnew(state, report, part);
    case 'spoilt': {
      const rest = discard('garbage', report, 'the rest of a code with a damaged report');
      return { state: part.last ? BETWEEN : state, frames: state.why === 'damaged' ? [rest] : [] };
    }
    default:
      return state satisfies never;
  }
}

/** Two identifiers are of two codes: the end of the first was lost. */
function isOther(code: PosCode, { symbology }: Part): boolean {
  return symbology !== undefined && code.symbology !== undefined && symbology !== code.symbology;
}

function begunAnew(code: PosCode, report: Uint8Array, part: Part): Step<PosState> {
  const { layout } = code;
  const { state, frames } = takePart(BETWEEN, layout, report, part);
  return { state, frames: [unfinished(code, 'another code began before its last report'), ...frames] };
}

function extend(code: PosCode, { data, symbology, last }: Part): Step<PosState> {
  const extended: PosCode = {
    ...code,
    bytes: concat([code.bytes, data]),
    reports: code.reports + 1,
    ...(code.symbology === undefined && symbology !== undefined ? { symbology } : {}),
  };
  const { bytes, reports, layout } = extended;
  if (bytes.length > MAX_SCAN_BYTES || reports > MAX_CODE_REPORTS) {
    const detail = `a code of more than ${MAX_SCAN_BYTES} bytes or ${MAX_CODE_REPORTS} reports`;
    const state: PosState = last ? BETWEEN : { name: 'spoilt', layout, why: 'too-long' };
    return { state, frames: [discard('too-long', bytes, detail)] };
  }
  return last ? { state: BETWEEN, frames: [whole(extended)] } : { state: extended, frames: [] };
}

function whole(code: PosCode): Frame {
  const { bytes, symbology, reports } = code;
  if (bytes.length === 0) return discard('garbage', bytes, `${reports} reports without a byte of a code`);
  const answer = symbology === undefined ? isNewlandAnswer(bytes) : ANSWER_SYMBOLOGIES.has(symbology);
  if (answer) return { name: 'answer', bytes };
  return { name: 'code', bytes, ...(symbology === undefined ? {} : { symbology }), frames: reports };
}

function isNewlandAnswer(bytes: Uint8Array): boolean {
  return NEWLAND_ANSWER.every((byte, index) => bytes[index] === byte);
}

function unfinished({ bytes, reports }: PosCode, why: string): Frame {
  return discard('unfinished', bytes, `${reports} reports of a code: ${why}`);
}
