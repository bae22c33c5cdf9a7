import { z } from 'zod';
import { CONDITIONS, DELEGATION_CONDITIONS } from '../demo/condition.ts';

/** What the phone page and the city's demo say to each other: JSON over these routes. */
export const PHONE_ROUTE = {
  people: '/phone/api/people',
  present: '/phone/api/present',
  scan: '/phone/api/scan',
} as const;

/** How long a code is shown before a new one takes its place (licence-code.md, Presentation). */
export const RENEW_EVERY_MS = 30_000;

/** Longest text of a code (licence-code.md, Text form). */
const MAX_CODE_TEXT = 2400;

const names = z.strictObject({ zh: z.string(), en: z.string() });
const id = z.string().min(1).max(64);

/** Under which the phone's owner shows a licence of another. */
const delegation = z.strictObject({
  /** Who let them. */
  principal: z.string(),
  /** What they may show: a kind, or null for this one licence. */
  kind: names.nullable(),
  /** Where alone they may; null for everywhere. */
  service: names.nullable(),
  /** YYYY-MM-DD */
  validTo: z.string(),
  /** hex */
  cti: z.string(),
});

/** What a tester types to change what terminals say. */
const command = z.strictObject({
  does: z.enum(['revoke-licence', 'suspend-licence', 'resume-licence', 'revoke-delegation']),
  text: z.string(),
});

const licence = z.strictObject({
  id,
  kind: names,
  issuer: names,
  holder: z.string(),
  condition: z.enum([...CONDITIONS, ...DELEGATION_CONDITIONS]),
  /** YYYY-MM-DD */
  validFrom: z.string(),
  validTo: z.string(),
  /** hex, as `city revoke` takes it */
  cti: z.string(),
  /** null where the phone's owner is the holder. */
  delegation: delegation.nullable(),
  commands: z.array(command),
});

/** A number under which a counter finds what this phone holds. */
const lookUp = z.strictObject({ number: z.string(), holder: z.string(), service: names });

const person = z.strictObject({
  id,
  names,
  about: names,
  licences: z.array(licence),
  lookUps: z.array(lookUp),
});

/** GET people */
export const peopleAnswer = z.strictObject({
  people: z.array(person),
  /** Whether a terminal is at hand that "scan this" can reach. */
  canScan: z.boolean(),
});

/** POST present. With `freeze` the code made last is shown once more, as a screenshot of it would. */
export const presentRequest = z.strictObject({ licence: id, freeze: z.boolean().optional() });

export const presentAnswer = z.strictObject({
  text: z.string(),
  /** Dark modules as SVG path data in a square of `size` units, quiet zone of 4 included; and the symbol's version. */
  qr: z.strictObject({ size: z.int(), path: z.string(), version: z.int().min(1).max(40) }),
  /** unix ms, the city's clock */
  madeAt: z.number(),
  /** unix ms, when the next one should be asked for; null for a code that never changes */
  validUntil: z.number().nullable(),
});

/** POST scan: hands the text to the terminal as if its scanner had read it. */
export const scanRequest = z.strictObject({ text: z.string().startsWith('LZ1:').max(MAX_CODE_TEXT) });
export const scanAnswer = z.strictObject({ ok: z.literal(true) });

/** `code` of an error answer (problem+json). */
export const PHONE_FAULTS = [
  'malformed',
  'too-large',
  'unknown-licence',
  'not-local',
  'no-terminal',
  'terminal-not-running',
  'terminal-timeout',
  'terminal-answer',
  'terminal-refused',
  'internal',
] as const;
export type PhoneFault = (typeof PHONE_FAULTS)[number];
export const problem = z.object({ code: z.enum(PHONE_FAULTS) });

export type People = Readonly<z.infer<typeof peopleAnswer>>;
export type PhonePerson = People['people'][number];
export type PhoneLookUp = PhonePerson['lookUps'][number];
export type PhoneLicence = PhonePerson['licences'][number];
export type PhoneDelegation = NonNullable<PhoneLicence['delegation']>;
export type PhoneCommand = PhoneLicence['commands'][number];
export type Presented = Readonly<z.infer<typeof presentAnswer>>;
