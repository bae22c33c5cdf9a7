import { z } from 'zod';
import { repeated } from './repeated.ts';

/** The longest a service may let a presentation stay fresh. */
export const MAX_FRESHNESS_SECONDS = 600;

/**
 * The trust target `catalogue.json`: kinds of licence with their fields, and the services that accept them. Data, so
 * that a city adds a kind or a service without new firmware.
 */
const names = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const id = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

const field = z.strictObject({
  label: z.int().min(1).max(255),
  names,
  /** How it is shown: whole, masked as a name, an identifier or a telephone number, or not at all. */
  show: z.enum(['whole', 'name', 'identifier', 'phone', 'never']),
});

const kind = z.strictObject({ id, names, fields: z.array(field).max(64) });

/** What a service takes for a reference code (licence-code.md, Reference codes). */
const referencePattern = z.discriminatedUnion('pattern', [
  /** The 28 digits of the national medical-insurance code. */
  z.strictObject({ pattern: z.literal('medical-insurance') }),
  /** `LZR:` and a token. */
  z.strictObject({ pattern: z.literal('token') }),
  z.strictObject({ pattern: z.literal('digits'), length: z.int().min(6).max(64) }),
  /** An https address of exactly this host. */
  z.strictObject({ pattern: z.literal('url'), host: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/) }),
]);

const service = z.strictObject({
  id,
  names,
  kinds: z.array(id).min(1).max(64),
  /** Whether a static code (a licence without a holder key) is enough. */
  holderProof: z.enum(['required', 'if-bound']),
  /** Seconds a presentation stays fresh, both ways. */
  freshnessSeconds: z.int().min(10).max(MAX_FRESHNESS_SECONDS),
  /** Whether somebody acting for the holder under a delegation is served; absent: no. */
  delegation: z.enum(['accepted', 'refused']).optional(),
  /** Which codes are looked up at the city; absent: `medical-insurance` and `token`. */
  references: z.array(referencePattern).max(16).optional(),
  /** Oldest status list the service relies on, in seconds since it was signed; absent: until the list's own exp. */
  maxStatusAgeSeconds: z.int().min(60).optional(),
  /** Labels of fields a patient or clerk sees; each still masked as its kind says. */
  shownFields: z.array(z.int().min(1).max(255)).max(64),
});

const schema = z.strictObject({
  version: z.int().min(1),
  kinds: z.array(kind).max(512),
  services: z.array(service).max(128),
});

export type Catalogue = Readonly<z.infer<typeof schema>>;
export type CatalogueKind = Catalogue['kinds'][number];
export type CatalogueField = CatalogueKind['fields'][number];
export type Service = Catalogue['services'][number];
export type ReferencePattern = z.infer<typeof referencePattern>;

/** @returns a sentence that names the key and what was expected, instead of a catalogue. */
export function parseCatalogue(json: unknown): Catalogue | string {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return `catalogue.json: ${z.prettifyError(parsed.error)}`;
  const twice =
    repeated(parsed.data.kinds.map((one) => one.id)) ?? repeated(parsed.data.services.map((one) => one.id));
  if (twice !== undefined) return `catalogue.json: ${twice} stands twice`;
  const known = new Set(parsed.data.kinds.map((one) => one.id));
  for (const one of parsed.data.services) {
    const missing = one.kinds.find((kindId) => !known.has(kindId));
    if (missing) return `catalogue.json: service ${one.id} accepts ${missing}, which is not among the kinds`;
  }
  return parsed.data;
}
