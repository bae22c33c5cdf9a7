import type { CommandResult, Lit, ReadingMode } from '../capabilities.ts';
import { concat } from '../framing/concat.ts';
import { askAgain, type ReplyOrAgain } from './again.ts';
import { crcXmodem } from './crc-xmodem.ts';
import { inHex } from './dialogue.ts';
import type { AnswerMatch, Ask, ScannerModule } from './module.ts';
import { type FamilySettings, setUpAll } from './set-up.ts';
import { change, choices, current, type Setting } from './setting.ts';

/**
 * Grow GM65 and GM8xx, also Newland EM3095: settings are bytes ("zones") that are read, written and saved.
 *
 *     command  7E 00 type length address(2) data… crc(2)        type 07 read, 08 write, 09 save
 *     answer   02 00 result length data… crc(2)                 result 00 done, 01 checksum wrong
 *
 * The checksum is CRC-16/XMODEM over type…data. An answer doesn't say which command it answers.
 */
export const grow: ScannerModule = {
  name: 'grow',
  // three tries 50 ms apart (d); an answer of a few bytes takes 10 ms at 9600 baud
  pacing: { timeoutMs: 300, tries: 3, gapMs: 50 },
  answers: matchAnswer,
  capabilities: (ask) => ({
    trigger: {
      start: () => writeZone(ask, 'trigger on', TRIGGER, 1),
      // public driver code (c)
      stop: () => writeZone(ask, 'trigger off', TRIGGER, 0),
    },
    light: { set: (when) => change(ask, LIGHT, when) },
    aim: { set: (when) => change(ask, AIM, when) },
    info: {
      async read() {
        const version = await readZone(ask, 'version', VERSION);
        return version.ok ? { ok: true, value: { version: `0x${hex(version.value)}` } } : version;
      },
    },
    modes: { get: () => current(ask, MODE), set: (mode) => change(ask, MODE, mode) },
  }),
  ping: (ask) => growDo(ask, 'ping', 0x0a, 0x0000, 0x00),
  async setUp(ask, wanted) {
    const reports = await setUpAll(ask, SETTINGS, wanted);
    if (!reports.ok) return reports;
    // what is written is lost at power off until it is saved
    const saved = await growDo(ask, 'save', 0x09, 0x0000, 0x00);
    return saved.ok ? reports : saved;
  },
};

const MODE_BYTE = 0x0000;
const TRIGGER = 0x0002;
const SAME_CODE = 0x0013;
/** Gone in newer models, which then refuse or keep silent. */
const VERSION = 0x00e2;

/** Bits of the mode byte; the others, such as bit 7, stay as they are. */
const MODE: Setting<ReadingMode> = bitsOf(MODE_BYTE, 'mode', 0, 0b11, [
  ['trigger', 1],
  // manual mode: the button triggers, a command doesn't
  ['trigger', 0],
  ['continuous', 2],
  ['sense', 3],
]);
// 01 "when scanning" and 11 "always on": public driver code (c)
const LIGHT: Setting<Lit> = bitsOf(MODE_BYTE, 'light', 2, 0b11, [
  ['off', 0],
  ['while-reading', 1],
  ['on', 3],
]);
const AIM: Setting<Lit> = bitsOf(MODE_BYTE, 'aim', 4, 0b11, [
  ['off', 0],
  ['while-reading', 1],
]);
const BEEP: Setting<boolean> = bitsOf(MODE_BYTE, 'beep', 6, 0b1, [
  [true, 1],
  [false, 0],
]);
/** 0x85 is 5 s (d): the top bit switches it on, the others count seconds. */
const SAME_CODE_MS: Setting<number> = {
  coding: {
    toWire: (ms) => (ms === 0 ? 0 : 0x80 | Math.min(Math.ceil(ms / 1000), 0x7f)),
    fromWire: (wire) => (wire & 0x80 ? (wire & 0x7f) * 1000 : 0),
  },
  read: (ask) => readZone(ask, 'same code', SAME_CODE),
  write: (ask, wire) => writeZone(ask, 'same code', SAME_CODE, wire),
};
const SETTINGS: FamilySettings = {
  mode: MODE,
  light: LIGHT,
  aim: AIM,
  beep: BEEP,
  sameCodeMs: SAME_CODE_MS,
};

/** A few bits of a zone, written by reading the zone and putting them in. */
function bitsOf<V extends ReadingMode | Lit | boolean>(
  zone: number,
  name: string,
  shift: number,
  mask: number,
  pairs: readonly (readonly [V, number])[],
): Setting<V> {
  return {
    coding: choices(pairs),
    async read(ask) {
      const byte = await readZone(ask, name, zone);
      return byte.ok ? { ok: true, value: (byte.value >> shift) & mask } : byte;
    },
    async write(ask, bits) {
      const byte = await readZone(ask, name, zone);
      if (!byte.ok) return byte;
      return writeZone(ask, name, zone, (byte.value & ~(mask << shift)) | (bits << shift));
    },
  };
}

async function readZone(ask: Ask, name: string, zone: number): Promise<CommandResult<number>> {
  const answer = await growAsk(ask, name, 0x07, zone, 1);
  if (!answer.ok) return answer;
  const [byte, ...more] = answer.value;
  if (byte !== undefined && more.length === 0) return { ok: true, value: byte };
  return {
    ok: false,
    reason: 'unknown-answer',
    detail: `${name}: ${answer.value.length} bytes instead of one`,
  };
}

function writeZone(ask: Ask, name: string, zone: number, byte: number): Promise<CommandResult> {
  return growDo(ask, name, 0x08, zone, byte);
}

async function growDo(
  ask: Ask,
  name: string,
  type: number,
  zone: number,
  byte: number,
): Promise<CommandResult> {
  const answer = await growAsk(ask, name, type, zone, byte);
  return answer.ok ? { ok: true, value: undefined } : answer;
}

/** @returns the answer's data */
function growAsk(ask: Ask, name: string, type: number, zone: number, byte: number) {
  return askAgain(ask, { name, bytes: growCommand(type, zone, [byte]) }, readAnswer);
}

/** A command as it goes over the wire. @param type 07 read (data: how many bytes), 08 write, 09 save, 0A ping */
export function growCommand(type: number, zone: number, data: readonly number[]): Uint8Array {
  const body = Uint8Array.of(type, data.length, zone >> 8, zone & 0xff, ...data);
  const crc = crcXmodem(body);
  return concat([Uint8Array.of(0x7e, 0x00), body, Uint8Array.of(crc >> 8, crc & 0xff)]);
}

/** Header (2), result, length; then the data, then the checksum (2). A ping's answer begins with 03. */
const HEAD_BYTES = 4;
const CRC_BYTES = 2;
const RESULTS = { done: 0x00, checksumWrong: 0x01 } as const;

/** No text begins with these bytes. A wrong checksum doesn't matter here: a broken answer is no code either. */
function matchAnswer(bytes: Uint8Array): AnswerMatch {
  const [start, zero, result, length] = bytes;
  if (start !== 0x02 && start !== 0x03) return { name: 'none' };
  if (zero === undefined) return { name: 'part' };
  if (zero !== 0x00) return { name: 'none' };
  if (result === undefined) return { name: 'part' };
  if (result !== RESULTS.done && result !== RESULTS.checksumWrong) return { name: 'none' };
  if (length === undefined) return { name: 'part' };
  const whole = HEAD_BYTES + length + CRC_BYTES;
  return bytes.length < whole ? { name: 'part' } : { name: 'whole', length: whole };
}

/** Undefined for a broken answer: the command is then sent again. */
function readAnswer(answer: Uint8Array): ReplyOrAgain<Uint8Array> | undefined {
  if (matchAnswer(answer).name !== 'whole') return undefined;
  const body = answer.subarray(2, -CRC_BYTES);
  const [crcHigh = 0, crcLow = 0] = answer.subarray(-CRC_BYTES);
  if (crcXmodem(body) !== crcHigh * 256 + crcLow) return undefined;
  if (body[0] === RESULTS.checksumWrong) return { name: 'again' };
  if (body[0] === RESULTS.done) return { ok: true, value: body.slice(2) };
  return { ok: false, reason: 'unknown-answer', detail: inHex(answer) };
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
