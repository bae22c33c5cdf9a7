import type { Lit, ReadingMode } from '../capabilities.ts';
import { hidCommandReport } from './hid-command.ts';
import { type Menu, menuSetting, setMenu } from './menu.ts';
import type { AnswerMatch, ScannerModule } from './module.ts';
import { type FamilySettings, setUpAll } from './set-up.ts';
import { change, choices, current, MILLISECONDS, type Setting } from './setting.ts';

/**
 * Newland: menu commands in a frame.
 *
 *     command  7E 01 "0000" @|# tag sub data ; 03               @ keeps it, # until power off; data * asks
 *     answer   02 01 "0000" @|# tag sub data status ; 03
 *
 * The EM3000's one-byte question `?` isn't used: its answer `!` may be the beginning of a code as well.
 */
export const newland: ScannerModule = {
  name: 'newland',
  // at least 50 ms between commands (d)
  pacing: { timeoutMs: 500, tries: 2, gapMs: 50 },
  answers: matchAnswer,
  hidReport: (command) => hidCommandReport(0x04, command),
  capabilities: (ask) => ({
    trigger: {
      start: () => setMenu(ask, MENU, 'SCNTRG', '1', 'until-power-off'),
      stop: () => setMenu(ask, MENU, 'SCNTRG', '0', 'until-power-off'),
    },
    light: { set: (when) => change(ask, LIGHT, when) },
    aim: { set: (when) => change(ask, AIM, when) },
    modes: { get: () => current(ask, MODE), set: (mode) => change(ask, MODE, mode) },
  }),
  async ping(ask) {
    const mode = await MODE.read(ask);
    return mode.ok ? { ok: true, value: undefined } : mode;
  },
  setUp: (ask, wanted) => setUpAll(ask, SETTINGS, wanted),
};

const FRAME = { command: '\x7e\x010000', answer: '\x02\x010000', end: ';\x03' } as const;

const MENU: Menu = {
  set: (code, data, keep) => newlandCommand(keep === 'for-good' ? '@' : '#', `${code}${data}`),
  query: (code) => newlandCommand('#', `${code}*`),
  echoOf(answer) {
    const text = latin1(answer);
    const framed = text.startsWith(FRAME.answer) && text.endsWith(FRAME.end);
    return framed ? text.slice(FRAME.answer.length + 1, -FRAME.end.length) : undefined;
  },
};

/** A command as it goes over the wire. */
export function newlandCommand(storage: '@' | '#', menu: string): Uint8Array {
  return new Uint8Array(Buffer.from(`${FRAME.command}${storage}${menu}${FRAME.end}`, 'latin1'));
}

/** Continuous mode is left out: it is 3 in some models, and 2, which others use for sensing, in the FM430 (c). */
const MODE: Setting<ReadingMode> = menuSetting(
  MENU,
  'SCNMOD',
  choices([
    ['trigger', 0],
    ['sense', 2],
  ]),
);
const LIT = choices<Lit>([
  ['off', 0],
  ['while-reading', 1],
  ['on', 2],
]);
/** ILLSCN and AMLENA: public driver code for the FM430 (c). */
const LIGHT = menuSetting(MENU, 'ILLSCN', LIT);
const AIM = menuSetting(MENU, 'AMLENA', LIT);
const SETTINGS: FamilySettings = {
  mode: MODE,
  light: LIGHT,
  aim: AIM,
  beep: menuSetting(
    MENU,
    'GRBENA',
    choices([
      [true, 1],
      [false, 0],
    ]),
  ),
  sameCodeMs: menuSetting(MENU, 'RRDDUR', MILLISECONDS),
};

/** The longest answer taken; ours have some twenty bytes. */
const MAX_ANSWER_BYTES = 256;

/** No text begins with these control characters. */
function matchAnswer(bytes: Uint8Array): AnswerMatch {
  const text = latin1(bytes.subarray(0, MAX_ANSWER_BYTES));
  const head = text.slice(0, FRAME.answer.length);
  if (!FRAME.answer.startsWith(head)) return { name: 'none' };
  const end = text.indexOf(FRAME.end, FRAME.answer.length);
  if (end >= 0) return { name: 'whole', length: end + FRAME.end.length };
  return { name: text.length < MAX_ANSWER_BYTES ? 'part' : 'none' };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
