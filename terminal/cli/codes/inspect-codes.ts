import { inspectCode } from '../../../licence/inspect/inspect-code.ts';
import type { Inspection } from '../../../licence/inspect/inspection.ts';
import { inspectionText } from '../../../licence/inspect/inspection-text.ts';
import type { Streams } from './verify-codes.ts';
import { codeLines, MAX_INPUT_CODE_BYTES, readBounded } from './verify-input.ts';
import { EXIT, type Exit, exitOf, Misuse } from './verify-misuse.ts';
import { TextOutput } from './verify-output.ts';

export interface InspectWish {
  /** One code as raw bytes, in place of the lines of `input`. */
  readonly file?: string;
}

/** Codes of one run; nobody reads more. */
export const MAX_INSPECTED_CODES = 10_000;

/** Takes codes apart for somebody to read. Nothing is stored. @returns the exit code. */
export function inspectCodes(wish: InspectWish, streams: Streams): Promise<Exit> {
  return exitOf(() => inspectAll(wish, streams), streams.complain);
}

async function inspectAll(wish: InspectWish, { input, output }: Streams): Promise<Exit> {
  const text = new TextOutput(output);
  if (wish.file !== undefined) {
    const inspection = inspectCode(readBounded(wish.file, MAX_INPUT_CODE_BYTES));
    const read = await text.write(inspectionText(inspection));
    return read && inspection.wellFormed ? EXIT.allGood : EXIT.notAllGood;
  }
  let codes = 0;
  let wellFormed = 0;
  for await (const { line, bytes } of codeLines(input)) {
    if (codes === MAX_INSPECTED_CODES) throw new Misuse(`more than ${MAX_INSPECTED_CODES} codes in one run`);
    codes += 1;
    const inspection = bytes === 'too-long' ? TOO_LONG : inspectCode(bytes);
    if (inspection.wellFormed) wellFormed += 1;
    if (!(await text.write(inspectionText(inspection, `line ${line}`)))) return EXIT.notAllGood;
  }
  if (codes === 0) throw new Misuse('no code was given on standard input');
  return wellFormed === codes ? EXIT.allGood : EXIT.notAllGood;
}

const TOO_LONG: Inspection = {
  steps: [
    {
      title: 'text form',
      found: `more than ${MAX_INPUT_CODE_BYTES} bytes`,
      fault: 'malformed: longer than any licence code',
      shown: [],
    },
  ],
  wellFormed: false,
};
