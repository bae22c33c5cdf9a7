import type { CommandResult } from '../capabilities.ts';
import { inHex } from './dialogue.ts';
import type { AnswerMatch, Ask, Command, ScannerModule } from './module.ts';
import { setUpAll } from './set-up.ts';

/**
 * Datalogic over RS-232 or USB COM: commands of one character (vendor manual (d)). Only the questions i, h and s are
 * answered, with 01 02 … 03 04.
 */
export const datalogic: ScannerModule = {
  name: 'datalogic',
  pacing: { timeoutMs: 1_000, tries: 2, gapMs: 50 },
  answers: matchAnswer,
  capabilities: (ask) => ({
    trigger: {
      start: () => ask(unanswered('trigger on', 'T')),
      stop: () => ask(unanswered('trigger off', 'X')),
    },
    // sounds even where the beeper is switched off, unlike B (d)
    beep: { beep: () => ask(unanswered('beep', '\x01')) },
    info: {
      async read() {
        const said = await question(ask, 'information', 'i');
        return said.ok ? { ok: true, value: { version: said.value } } : said;
      },
    },
  }),
  async ping(ask) {
    const health = await question(ask, 'health', 'h');
    return health.ok ? { ok: true, value: undefined } : health;
  },
  /** None of the wanted settings has a command; what a checkout may have switched off is switched on. */
  async setUp(ask, wanted) {
    const enabled = await ask(unanswered('enable', 'E'));
    return enabled.ok ? setUpAll(ask, {}, wanted) : enabled;
  },
};

function unanswered(name: string, letter: string): Command<void> {
  return { name, bytes: letters(letter) };
}

function question(ask: Ask, name: string, letter: string): Promise<CommandResult<string>> {
  return ask({
    name,
    bytes: letters(letter),
    read(answer) {
      const text = Buffer.from(answer).toString('latin1');
      if (!text.startsWith(START) || !text.endsWith(END)) {
        return { ok: false, reason: 'unknown-answer', detail: inHex(answer) };
      }
      return { ok: true, value: text.slice(START.length, -END.length).trim() };
    },
  });
}

function letters(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

const START = '\x01\x02';
const END = '\x03\x04';
/** Statistics are the longest answer: some hundred bytes. */
const MAX_ANSWER_BYTES = 1024;

/** No text begins with these control characters. */
function matchAnswer(bytes: Uint8Array): AnswerMatch {
  const text = Buffer.from(bytes.subarray(0, MAX_ANSWER_BYTES)).toString('latin1');
  if (!START.startsWith(text.slice(0, START.length))) return { name: 'none' };
  const end = text.indexOf(END, START.length);
  if (end >= 0) return { name: 'whole', length: end + END.length };
  return { name: text.length < MAX_ANSWER_BYTES ? 'part' : 'none' };
}
