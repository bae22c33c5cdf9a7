import type { CommandResult, Lit, ModuleInfo, ReadingMode } from '../capabilities.ts';
import { concat } from '../framing/concat.ts';
import { hidCommandReport } from './hid-command.ts';
import { type Menu, menuQuestion, menuSetting } from './menu.ts';
import type { AnswerMatch, Ask, Command, ScannerModule } from './module.ts';
import { type FamilySettings, setUpAll } from './set-up.ts';
import { change, choices, current, MILLISECONDS, type Setting } from './setting.ts';

/**
 * Honeywell, Youjie alike: menu commands and three that nothing answers.
 *
 *     command  16 4D 0D tag sub data .|!                        . keeps it, ! until power off; data ? asks
 *     answer   tag sub data status .|!
 *     command  16 54 0D trigger, 16 55 0D release, 16 07 0D beep
 */
export const honeywell: ScannerModule = {
  name: 'honeywell',
  pacing: { timeoutMs: 500, tries: 2, gapMs: 50 },
  answers: matchAnswer,
  hidReport: (command) => hidCommandReport(0xfd, command),
  capabilities: (ask) => ({
    trigger: {
      start: () => ask(short('trigger on', 0x54)),
      stop: () => ask(short('trigger off', 0x55)),
    },
    beep: { beep: () => ask(short('beep', 0x07)) },
    light: { set: (when) => change(ask, LIGHT, when) },
    aim: { set: (when) => change(ask, AIM, when) },
    info: { read: () => readInfo(ask) },
    modes: { get: () => current(ask, MODE), set: (mode) => change(ask, MODE, mode) },
  }),
  async ping(ask) {
    const light = await LIGHT.read(ask);
    return light.ok ? { ok: true, value: undefined } : light;
  },
  setUp: (ask, wanted) => setUpAll(ask, SETTINGS, wanted),
};

const MENU: Menu = {
  set: (code, data, keep) => honeywellMenu(`${code}${data}${keep === 'for-good' ? '.' : '!'}`),
  query: (code) => honeywellMenu(`${code}?.`),
  echoOf(answer) {
    const text = latin1(answer);
    return text.endsWith('.') || text.endsWith('!') ? text.slice(0, -1) : undefined;
  },
};

/** A menu command as it goes over the wire. @param menu with its punctuation */
export function honeywellMenu(menu: string): Uint8Array {
  return concat([Uint8Array.of(0x16, 0x4d, 0x0d), new Uint8Array(Buffer.from(menu, 'latin1'))]);
}

function short(name: string, letter: number): Command<void> {
  return { name, bytes: Uint8Array.of(0x16, letter, 0x0d) };
}

async function readInfo(ask: Ask): Promise<CommandResult<ModuleInfo>> {
  // over serial the lines are within the echo; over HID they come before it, in an answer of their own (c)
  let before = '';
  const info = await ask({
    ...menuQuestion(MENU, 'REVINF', honeywellMenu('REVINF.')),
    part(answer) {
      before = latin1(answer.subarray(0, MAX_INFO_BYTES));
      return true;
    },
  });
  if (!info.ok) return info;
  const lines = `${before}\n${info.value}`.split(/[\r\n]+/).map((line) => line.trim());
  return { ok: true, value: { version: lines.filter((line) => line !== '').join('; ') } };
}

/** TRGMOD 0 manual, 3 presentation: public driver code (c). */
const MODE: Setting<ReadingMode> = menuSetting(
  MENU,
  'TRGMOD',
  choices([
    ['trigger', 0],
    ['sense', 3],
  ]),
);
const LIGHT: Setting<Lit> = menuSetting(
  MENU,
  'SCNLED',
  choices([
    ['off', 0],
    ['while-reading', 1],
  ]),
);
const AIM: Setting<Lit> = menuSetting(
  MENU,
  'SCNAIM',
  choices([
    ['off', 0],
    ['while-reading', 2],
    // at the same time as the light, instead of in turns: public driver code (c)
    ['while-reading', 1],
  ]),
);
/** BEPBEP and DLYRRD: public driver code (c). */
const SETTINGS: FamilySettings = {
  mode: MODE,
  light: LIGHT,
  aim: AIM,
  beep: menuSetting(
    MENU,
    'BEPBEP',
    choices([
      [true, 1],
      [false, 0],
    ]),
  ),
  sameCodeMs: menuSetting(MENU, 'DLYRRD', MILLISECONDS),
};

/** What its own answers look like: nothing else of them tells them from a code, so only these are taken. */
const NUMBERS = ['TRGMOD', 'SCNLED', 'SCNAIM', 'BEPBEP', 'DLYRRD'];
const INFO = 'REVINF';
const CODE_LETTERS = 6;
/** Longer than any number asked for. */
const MAX_DIGITS = 9;
/** Several lines of versions; the longest seen has some 200 bytes. */
const MAX_INFO_BYTES = 1024;

const NUMBER_ECHO = new RegExp(`^[?0-9]{0,${MAX_DIGITS}}(?:([\\x05\\x06\\x15])([.!])?)?`);
const INFO_ECHO = new RegExp(`^[^\\x05\\x06\\x15]{0,${MAX_INFO_BYTES}}(?:([\\x05\\x06\\x15])([.!])?)?`);

function matchAnswer(bytes: Uint8Array): AnswerMatch {
  const text = latin1(bytes.subarray(0, CODE_LETTERS + MAX_INFO_BYTES + 2));
  const code = text.slice(0, CODE_LETTERS);
  if (![...NUMBERS, INFO].some((known) => known.startsWith(code))) return { name: 'none' };
  if (code.length < CODE_LETTERS) return { name: 'part' };
  const rest = text.slice(CODE_LETTERS);
  const echo = (code === INFO ? INFO_ECHO : NUMBER_ECHO).exec(rest);
  const [all = '', status, punctuation] = echo ?? [];
  if (status && punctuation) return { name: 'whole', length: CODE_LETTERS + all.length };
  return { name: all.length === rest.length ? 'part' : 'none' };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
