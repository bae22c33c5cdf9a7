import { basename } from 'node:path';
import { z } from 'zod';
import { FRAMING_NAMES, FRAMINGS_OF } from '../framing/framing.ts';
import { MODULE_NAMES } from '../modules/module.ts';
import { readAtMost } from '../read-at-most.ts';
import { BAUD_RATES } from '../scanner-address.ts';
import { CODE_ID_NAMES } from '../text/code-id.ts';
import type { Profile } from './profile.ts';

export const MAX_PROFILE_FILE_BYTES = 64 * 1024;
export const MAX_PROFILES = 100;

export type ProfileFileReading =
  | { readonly ok: true; readonly profiles: readonly Profile[] }
  /** Names the file, the key, the value and what was expected. */
  | { readonly ok: false; readonly detail: string };

/**
 * Reads `scanners.json`: models that this version doesn't know, or is to use otherwise. Nothing of a file with a mistake
 * is used. Ids are hex as lsusb prints them:
 *
 *     {
 *       "profiles": [
 *         {
 *           "model": "Acme 2000 HID POS",
 *           "transport": "hid",
 *           "match": { "vendorId": "1abc", "productId": "0210", "usagePage": "008c", "named": "acme" },
 *           "framing": "hid-pos"
 *         },
 *         {
 *           "model": "Module on the kiosk's own board",
 *           "transport": "serial",
 *           "match": { "vendorId": "1a86", "productId": "7523", "path": "usb-1a86_USB2.0-Ser_-if00" },
 *           "framing": "line",
 *           "module": "grow",
 *           "baudRate": 115200
 *         }
 *       ]
 *     }
 */
export async function readProfileFile(path: string): Promise<ProfileFileReading> {
  try {
    return parseProfiles(basename(path), await readAtMost(path, MAX_PROFILE_FILE_BYTES + 1));
  } catch (error) {
    return { ok: false, detail: `${path}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The same for a file's bytes. @param file how messages call it */
export function parseProfiles(file: string, bytes: Uint8Array): ProfileFileReading {
  if (bytes.length > MAX_PROFILE_FILE_BYTES) {
    return { ok: false, detail: `${file}: longer than ${MAX_PROFILE_FILE_BYTES} bytes` };
  }
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { ok: false, detail: `${file}: expected JSON in UTF-8` };
  }
  const parsed = profileFile.safeParse(content);
  if (parsed.success) return { ok: true, profiles: parsed.data.profiles };
  const [issue] = parsed.error.issues;
  return { ok: false, detail: `${file}: ${issue ? sentence(issue, content) : 'not a profile file'}` };
}

const MAX_QUESTIONS = 16;

// The messages are what was expected: `sentence` puts place and value in front.

/** Printable, for it comes up on screens and in comments of rules. */
const ONE_LINE = 'one line of 1 to 128 printable characters';
const line = z.string(ONE_LINE).regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,128}$/u, ONE_LINE);

const FOUR_DIGITS = 'four hex digits in quotes such as "0c2e"';
const id = z
  .string(FOUR_DIGITS)
  .regex(/^[0-9a-f]{4}$/i, FOUR_DIGITS)
  .transform((digits) => Number.parseInt(digits, 16));

const BAUD_RATE = `one of ${BAUD_RATES.join(', ')}`;
const baudRate = z.number(BAUD_RATE).refine((rate) => BAUD_RATES.includes(rate), BAUD_RATE);

const framing = oneOf(FRAMING_NAMES);
const module = oneOf(MODULE_NAMES);

const match = strict({
  vendorId: id,
  productId: id.optional(),
  usagePage: id.optional(),
  named: line.optional(),
  path: line.optional(),
});

const profile = strict({
  model: line,
  transport: oneOf(['serial', 'hid', 'keyboard']),
  match: match.transform(known),
  framing,
  module: module.optional(),
  codeId: oneOf(CODE_ID_NAMES).optional(),
  baudRate: baudRate.optional(),
  unusable: line.optional(),
  ask: list(strict({ module, framing, baudRate }), 1, MAX_QUESTIONS).optional(),
});

const fittingProfile = profile.refine(
  ({ transport, framing: name }) => FRAMINGS_OF[transport].some((fitting) => fitting === name),
  {
    path: ['framing'],
    error: `one that fits the transport: ${Object.entries(FRAMINGS_OF)
      .map(([transport, names]) => `${transport} ${names.join(', ')}`)
      .join('; ')}`,
  },
);

const profileFile = strict({ profiles: list(fittingProfile.transform(known), 0, MAX_PROFILES) });

function oneOf<const T extends readonly string[]>(names: T) {
  return z.enum(names, `one of ${names.join(', ')}`);
}

function list<T extends z.ZodType>(item: T, min: number, max: number) {
  const expected = `a list of ${min} to ${max}`;
  return z.array(item, expected).min(min, expected).max(max, expected);
}

function strict<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape, `an object with ${Object.keys(shape).join(', ')} and nothing else`);
}

type Known<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** A key that isn't given isn't there. */
function known<T extends object>(parsed: T): Known<T> {
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined)) as Known<T>;
}

function sentence(issue: z.core.$ZodIssue, content: unknown): string {
  const place = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const where = place.replace(/^\./, '') || 'the file';
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map(shown).join(', ');
    return `${where} has ${keys}, expected ${issue.message}`;
  }
  const value = issue.path.reduce(memberOf, content);
  return `${where} is ${value === undefined ? 'missing' : shown(value)}, expected ${issue.message}`;
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** A value as written, as far as a message has room for it. */
function shown(value: unknown): string {
  const written = jsonOf(value);
  return written.length <= MAX_SHOWN ? written : `${written.slice(0, MAX_SHOWN)}…`;
}

/** What is nested too deep for JSON.stringify is shown as no more than that. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return 'nested too deep';
    throw error;
  }
}

const MAX_SHOWN = 60;
