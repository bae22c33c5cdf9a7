import { escapeUnseen } from '../cbor/escape-text.ts';
import type { Inspection, InspectionStep } from './inspection.ts';

const WARNING = 'what the code says, not whether it is true. It may hold personal data.';
const CLOSING = 'UNVERIFIED: no signature, date or status was checked; verify does that.';

/**
 * An inspection to read, step by step. Whatever comes from the code is in diagnostic notation, where no character can
 * steer a terminal.
 *
 * @param which of several codes it is.
 */
export function inspectionText({ steps, wellFormed }: Inspection, which?: string): string {
  const marked = which === undefined ? 'UNVERIFIED' : `UNVERIFIED, ${which}`;
  const lines = [`${marked}: ${WARNING}`, ...steps.flatMap((step, i) => stepLines(step, i + 1))];
  lines.push(wellFormed ? 'Well formed to its end.' : 'It is not well formed from here on.');
  return `${[...lines, CLOSING].join('\n')}\n`;
}

function stepLines({ title, found, fault, shown }: InspectionStep, number: number): readonly string[] {
  const lines = [`${number} ${title}: ${found}`];
  for (const { what, notation } of shown) lines.push(`${what}:`, indented(notation));
  if (fault !== undefined) lines.push(`!! ${escapeUnseen(fault)}`);
  return lines;
}

function indented(notation: string): string {
  return notation.replace(/^/gm, '  ');
}
