import type { AnswerGrammar } from '../../modules/module.ts';
import type { MonotonicClock } from '../../monotonic-clock.ts';
import { concat } from '../concat.ts';
import type { Frame, RunningFraming, StartFraming } from '../framing.ts';
import { QuietTimer } from '../quiet-timer.ts';

/**
 * After this long without a byte a new frame begins, and what was held is no answer. Within an answer the gaps are at
 * most some 16 ms (the latency timer of USB serial bridges). Together they stay below IDLE_GAP_MS, or else a code
 * whose middle looks like an answer's beginning would be cut in two by its being held.
 */
export const BOUNDARY_GAP_MS = 30;

/** What is longer than this is no answer. */
export const MAX_HELD_BYTES = 1024;

/**
 * No byte is held longer, even where bytes keep coming: what the longest answer takes at 9600 baud. A code that looks
 * like an answer's beginning is let go at the first silence after it, long before.
 */
export const HOLD_MS = 1_200;

/**
 * A serial wire on which codes and a module's answers take turns: answers are taken out, the rest is framed, unchanged.
 * An answer is only looked for where a frame may begin: at the start, behind a line end or an answer, after a silence.
 */
export function startWithAnswers(
  answers: AnswerGrammar,
  startCodes: StartFraming,
  now: MonotonicClock,
  onFrame: (frame: Frame) => void,
): RunningFraming {
  const codes = startCodes(onFrame);
  let state = START;
  let limit: NodeJS.Timeout | undefined;
  const silence = new QuietTimer(now, () => settle(atSilence(state)));

  function settle(split: Split): void {
    const holdsOn = state.held.length > 0 && split.parts.length === 0;
    state = split.state;
    if (!holdsOn) {
      clearTimeout(limit);
      if (state.held.length > 0) limit = setTimeout(() => settle(release(state)), HOLD_MS);
    }
    for (const { name, bytes } of split.parts) {
      if (name === 'answer') onFrame({ name, bytes });
      else codes.take(bytes);
    }
  }

  return {
    take(chunk) {
      settle(splitAnswers(answers, state, chunk));
      silence.heard(BOUNDARY_GAP_MS);
    },
    close() {
      silence.cancel();
      settle(release(state));
      codes.close();
    },
  };
}

export interface SplitState {
  /** Whether a frame may begin with the next byte, or has begun with what is held. */
  readonly atBoundary: boolean;
  /** What may become an answer; shorter than MAX_HELD_BYTES. */
  readonly held: Uint8Array;
}

/** Bytes of the wire in their order: an answer, or bytes for the code framing. */
export interface SplitPart {
  readonly name: 'answer' | 'rest';
  readonly bytes: Uint8Array;
}

export interface Split {
  readonly state: SplitState;
  readonly parts: readonly SplitPart[];
}

export const START: SplitState = { atBoundary: true, held: new Uint8Array() };

/** Takes in a chunk. However a stream is cut into chunks, the same answers are taken out and the same rest is left. */
export function splitAnswers(
  grammar: AnswerGrammar,
  { atBoundary, held }: SplitState,
  chunk: Uint8Array,
): Split {
  const parts: SplitPart[] = [];
  const bytes = concat([held, chunk]);
  let mayBegin = atBoundary;
  let at = 0;
  while (at < bytes.length) {
    if (mayBegin) {
      const found = offer(grammar, bytes.subarray(at, at + MAX_HELD_BYTES));
      if (found === 'part') return { state: { atBoundary: true, held: bytes.slice(at) }, parts };
      if (found !== 'none') {
        parts.push({ name: 'answer', bytes: bytes.slice(at, at + found) });
        at += found;
        continue;
      }
    }
    const end = lineEnd(bytes, at);
    parts.push({ name: 'rest', bytes: bytes.slice(at, end) });
    mayBegin = isLineEnd(bytes[end - 1]);
    at = end;
  }
  return { state: { atBoundary: mayBegin, held: new Uint8Array() }, parts };
}

/** The wire has been silent: what is held is no answer, and a frame may begin. */
export function atSilence(state: SplitState): Split {
  return { state: START, parts: release(state).parts };
}

/** What is held goes on as part of a code. */
export function release({ held, atBoundary }: SplitState): Split {
  if (held.length === 0) return { state: { held, atBoundary }, parts: [] };
  const state = { atBoundary: isLineEnd(held.at(-1)), held: new Uint8Array() };
  return { state, parts: [{ name: 'rest', bytes: held }] };
}

/** Offers all that is there at once: one look for each line, however long a hostile one makes a grammar hope. */
function offer(grammar: AnswerGrammar, bytes: Uint8Array): number | 'part' | 'none' {
  const match = grammar(bytes);
  if (match.name === 'whole' && match.length > 0 && match.length <= bytes.length) return match.length;
  return match.name === 'part' && bytes.length < MAX_HELD_BYTES ? 'part' : 'none';
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const at = bytes.subarray(from).findIndex(isLineEnd);
  return at < 0 ? bytes.length : from + at + 1;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0d || byte === 0x0a;
}
