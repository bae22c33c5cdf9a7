import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { type EnrolmentCode, parseEnrolmentCode } from '../licence/wire/enrolment-code.ts';
import { parseCityAddress } from './city-address.ts';
import { parseJson } from './problem.ts';

/** Where to enrol, as whoever sets the terminal up wrote it. */
export interface EnrolmentWish {
  readonly city: string;
  readonly code: EnrolmentCode;
  readonly name: string | undefined;
}

export type EnrolmentFile =
  | { readonly kind: 'absent' }
  /** `content` tells a file that was corrected from the one that was refused. */
  | { readonly kind: 'invalid'; readonly content: string; readonly detail: string }
  | { readonly kind: 'wish'; readonly content: string; readonly wish: EnrolmentWish };

export const MAX_ENROLMENT_FILE_BYTES = 4096;

export function readEnrolmentFile(path: string): EnrolmentFile {
  const bytes = readCapped(path);
  if (bytes === undefined) return { kind: 'absent' };
  if (typeof bytes === 'string') return { kind: 'invalid', content: bytes, detail: bytes };
  const content = Buffer.from(bytes).toString('base64');
  const parsed = schema.safeParse(parseJson(bytes));
  if (!parsed.success) return { kind: 'invalid', content, detail: z.prettifyError(parsed.error) };
  return { kind: 'wish', content, wish: { ...parsed.data, name: parsed.data.name } };
}

const schema = z.strictObject({
  city: z.string().transform((text, context) => {
    const city = parseCityAddress(text);
    if (city !== undefined) return city;
    context.addIssue({ code: 'custom', message: 'expected an https URL, or http on loopback' });
    return z.NEVER;
  }),
  code: z.string().transform((text, context) => {
    const code = parseEnrolmentCode(text);
    if (code !== undefined) return code;
    context.addIssue({ code: 'custom', message: 'expected an enrolment code, seven groups of six' });
    return z.NEVER;
  }),
  name: z.string().max(64).optional(),
});

/** @returns undefined for no file, a sentence for one that can't be read. */
function readCapped(path: string): Uint8Array | string | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      if (fstatSync(file).size > MAX_ENROLMENT_FILE_BYTES) return 'the file is too large';
      const bytes = new Uint8Array(MAX_ENROLMENT_FILE_BYTES);
      return bytes.slice(0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    return code === 'ENOENT' ? undefined : `the file can't be read: ${code}`;
  }
}
