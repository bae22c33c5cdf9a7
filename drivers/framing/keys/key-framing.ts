import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { concat } from '../concat.ts';
import { type Discarded, discard, type Frame, type Framing } from '../framing.ts';
import { addSpoilt, NOTHING_SPOILT, type Spoilt } from '../spoilt.ts';
import { type KeyMeaning, keyMeaning } from './us-keyboard.ts';

/**
 * A silence of this long ends a code of a scanner that sends no Enter or Tab. Within a code the keys are 8 to 16 ms apart;
 * a busy machine hands them on later than that.
 */
export const KEY_SILENCE_MS = 300;

/** A scanner that ends its codes by Enter or Tab and stops within one, for so long, has been unplugged or lost it. */
export const KEY_STALL_MS = 2_000;

/** `struct input_event` of 64-bit Linux, little-endian: time (8 + 8 bytes), type u16, code u16, value s32. */
export const EVENT_BYTES = 24;

const EV_SYN = 0;
const EV_KEY = 1;
const SYN_REPORT = 0;
const SYN_DROPPED = 3;
const RELEASED = 0;
const PRESSED = 1;

export interface KeyState {
  /** The beginning of an event whose rest hasn't come. */
  readonly cut: Uint8Array;
  /** Shift keys that are down. */
  readonly shifts: ReadonlySet<number>;
  readonly code: CodeSoFar;
  /** After SYN_DROPPED the events up to the next SYN_REPORT belong to what was lost. */
  readonly lost: boolean;
}

type CodeSoFar =
  | { readonly name: 'typed'; readonly text: Uint8Array }
  /** It comes to nothing; its keys are passed over up to its end, which `report` waits for. */
  | { readonly name: 'spoilt'; readonly report?: Report };

interface Report {
  readonly why: Discarded['why'];
  readonly detail: string;
  readonly keys: Spoilt;
}

const NOTHING_TYPED: CodeSoFar = { name: 'typed', text: new Uint8Array() };

/**
 * Codes typed by a scanner in keyboard mode, from the events of a Linux event device that nobody else heeds. The scanner has
 * to be set to the US layout, and to end its codes by Enter, the keypad's Enter or Tab.
 *
 * A key that types nothing here (Ctrl, Alt and its codes, an arrow) spoils the code: what was meant can't be told.
 * That includes Caps Lock, of which only the scanner knows whether it was on before. Num Lock is passed over: keypad
 * digits are always digits. Of a code that is discarded, `count` counts the keys and `bytes` are their characters, `?`
 * for a key without one.
 */
export const keyFraming: Framing<KeyState> = keysEndedBy({
  patienceMs: KEY_STALL_MS,
  silence: (code) =>
    dropCode(
      code,
      `no Enter or Tab for ${KEY_STALL_MS} ms: set the scanner to send one, or use framing=keys-idle`,
    ),
});

/** The same for scanners that send neither: a silence ends a code. At an unplug it can't tell half a code from a whole one. */
export const keyIdleFraming: Framing<KeyState> = keysEndedBy({
  patienceMs: KEY_SILENCE_MS,
  silence: endCode,
});

interface Ending {
  readonly patienceMs: number;
  /** What a code comes to when that long no key comes. */
  readonly silence: (code: CodeSoFar) => readonly Frame[];
}

function keysEndedBy({ patienceMs, silence }: Ending): Framing<KeyState> {
  return {
    start: { cut: new Uint8Array(), shifts: new Set(), code: NOTHING_TYPED, lost: false },
    take(state, chunk) {
      const bytes = concat([state.cut, chunk]);
      const whole = bytes.length - (bytes.length % EVENT_BYTES);
      const frames: Frame[] = [];
      let next = state;
      for (let at = 0; at < whole; at += EVENT_BYTES) {
        const step = takeEvent(next, readEvent(bytes, at));
        next = step.state;
        frames.push(...step.frames);
      }
      return { state: { ...next, cut: bytes.slice(whole) }, frames };
    },
    patienceMs: ({ code }) => (isEmpty(code) ? undefined : patienceMs),
    quiet: (state) => ({
      state: { ...state, code: NOTHING_TYPED, lost: false },
      frames: silence(state.code),
    }),
    end: ({ code }) => dropCode(code, 'the connection ended within a code'),
  };
}

interface KeyStep {
  readonly state: KeyState;
  readonly frames: readonly Frame[];
}

interface KeyEvent {
  readonly type: number;
  readonly code: number;
  readonly value: number;
}

function readEvent(bytes: Uint8Array, at: number): KeyEvent {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, EVENT_BYTES);
  return { type: view.getUint16(16, true), code: view.getUint16(18, true), value: view.getInt32(20, true) };
}

function takeEvent(state: KeyState, { type, code, value }: KeyEvent): KeyStep {
  if (type === EV_SYN && code === SYN_DROPPED) return { state: loseEvents(state), frames: [] };
  if (state.lost) {
    const over = type === EV_SYN && code === SYN_REPORT;
    return { state: over ? { ...state, lost: false } : state, frames: [] };
  }
  // a held key that repeats itself is no new key
  if (type !== EV_KEY || (value !== PRESSED && value !== RELEASED)) return { state, frames: [] };
  return takeKey(state, code, value === PRESSED);
}

/** Which keys went up or down in the meantime nobody knows, so the shift keys count as up. */
function loseEvents(state: KeyState): KeyState {
  const code = spoil(state.code, 'unfinished', 'the system lost key events: it was too busy');
  return { ...state, code, shifts: new Set(), lost: true };
}

function takeKey(state: KeyState, key: number, pressed: boolean): KeyStep {
  const meaning = keyMeaning(key);
  if (meaning.name === 'shift') {
    const shifts = new Set(state.shifts);
    if (pressed) shifts.add(key);
    else shifts.delete(key);
    return { state: { ...state, shifts }, frames: [] };
  }
  if (!pressed || meaning.name === 'ignored') return { state, frames: [] };
  if (meaning.name === 'end')
    return { state: { ...state, code: NOTHING_TYPED }, frames: endCode(state.code) };
  return type(state, characterOf(meaning, state.shifts.size > 0), key);
}

function characterOf(meaning: KeyMeaning, shifted: boolean): number | undefined {
  return meaning.name === 'character' ? (shifted ? meaning.shifted : meaning.plain) : undefined;
}

function type(state: KeyState, character: number | undefined, key: number): KeyStep {
  const { code } = state;
  if (code.name === 'spoilt') return { state: { ...state, code: addKey(code, character) }, frames: [] };
  if (character === undefined) {
    const detail = `key ${key} types no character: is the scanner set to a US keyboard, without Alt codes?`;
    const spoilt = addKey(spoil(code, 'garbage', detail), character);
    return { state: { ...state, code: spoilt }, frames: [] };
  }
  const text = concat([code.text, Uint8Array.of(character)]);
  if (text.length <= MAX_SCAN_BYTES)
    return { state: { ...state, code: { name: 'typed', text } }, frames: [] };
  const tooLong = discard('too-long', text, `more than ${MAX_SCAN_BYTES} keys without an end`);
  return { state: { ...state, code: { name: 'spoilt' } }, frames: [tooLong] };
}

function spoil(code: CodeSoFar, why: Discarded['why'], detail: string): CodeSoFar {
  if (code.name === 'spoilt') return code;
  return { name: 'spoilt', report: { why, detail, keys: addSpoilt(NOTHING_SPOILT, code.text) } };
}

const NO_CHARACTER = 0x3f;

function addKey(code: CodeSoFar, character: number = NO_CHARACTER): CodeSoFar {
  if (code.name !== 'spoilt' || !code.report) return code;
  const keys = addSpoilt(code.report.keys, Uint8Array.of(character));
  return { ...code, report: { ...code.report, keys } };
}

function endCode(code: CodeSoFar): readonly Frame[] {
  if (isEmpty(code)) return [];
  if (code.name === 'typed') return [{ name: 'code', bytes: code.text, frames: 1 }];
  // one that was too long has been reported already
  if (!code.report) return [];
  const { why, detail, keys } = code.report;
  return [discard(why, keys.head, detail, keys.count)];
}

/** One that never came to its end; what was spoilt before says so itself. */
function dropCode(code: CodeSoFar, detail: string): readonly Frame[] {
  if (isEmpty(code) || code.name === 'spoilt') return endCode(code);
  return [discard('unfinished', code.text, detail)];
}

function isEmpty(code: CodeSoFar): boolean {
  return code.name === 'typed' && code.text.length === 0;
}
