import { z } from 'zod';
import { repeated } from './repeated.ts';

/** The longest a service may let a presentation stay fresh. */
export const MAX_FRESHNESS_SECONDS = 600;

/**
 * The trust target `catalogue.json`: kinds of licence with their fields, and the services that accept them. Data, so
 * that a city adds a kind or a service without new firmware.
 */
/** Shown as it is on every screen: nothing that has no shape of its own or turns the writing direction. */
const name = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u, 'holds a character that does not show');
const names = z.strictObject({ zh: name, en: name });
const id = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

/** Of a field. */
const label = z.int().min(1).max(255);

const field = z.strictObject({
  label,
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

/** What a person is here for; `type` is the code the receiving system knows it by, such as 01301 for 结算. */
const business = z.strictObject({ type: z.string().regex(/^[0-9A-Za-z-]{1,16}$/), names });

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
  /**
   * Longest a terminal goes on without a time its city signed, in seconds; past it the answer is left open
   * (`needs-network`). Absent: the lists' own exp decides.
   */
  maxOfflineSeconds: z.int().min(600).optional(),
  /** Labels of fields a patient or clerk sees; each still masked as its kind says. */
  shownFields: z.array(label).max(64),
  /** Whether one code is the whole business, or several licences make one case; absent: one. */
  collects: z.enum(['one', 'case']).optional(),
  /** What is chosen once the licence is accepted; absent: nothing to choose. */
  businesses: z.array(business).min(1).max(16).optional(),
  /** Numbers by which staff may look licences up at the city, with the holder's consent; absent: none. */
  lookUps: z
    .array(z.enum(['uscc', 'id']))
    .max(2)
    .optional(),
  /** What the business system receives: whole fields, and the signed licence itself; absent: nothing is handed on. */
  handsOn: z.strictObject({ fields: z.array(label).max(64), licence: z.boolean() }).optional(),
  /** Whether the audit row says, sealed, whose licence it was; absent: yes. */
  keeps: z.enum(['sealed', 'nothing']).optional(),
  /** A sentence whoever checks has to have in view. */
  notice: names.optional(),
});

/** A matter (事项) and the licences it needs: what a case still lacks follows from it. */
const matter = z.strictObject({
  id,
  names,
  /** The service it belongs to. */
  service: id,
  /** Each is met by one licence of any of its kinds. */
  needs: z
    .array(z.strictObject({ names, kinds: z.array(id).min(1).max(16) }))
    .min(1)
    .max(16),
});

const schema = z.strictObject({
  version: z.int().min(1),
  kinds: z.array(kind).max(512),
  services: z.array(service).max(128),
  /** 事项—证照; absent: none. */
  matters: z.array(matter).max(512).optional(),
});

export type Catalogue = Readonly<z.infer<typeof schema>>;
export type CatalogueKind = Catalogue['kinds'][number];
export type CatalogueField = CatalogueKind['fields'][number];
export type Service = Catalogue['services'][number];
export type Business = z.infer<typeof business>;
export type Matter = z.infer<typeof matter>;
export type ReferencePattern = z.infer<typeof referencePattern>;

/** @returns a sentence that names the key and what was expected, instead of a catalogue. */
export function parseCatalogue(json: unknown): Catalogue | string {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return `catalogue.json: ${z.prettifyError(parsed.error)}`;
  const fault = faultOf(parsed.data);
  return fault === undefined ? parsed.data : `catalogue.json: ${fault}`;
}

/** What no schema can say: names stand once, whatever is named is there, and nothing contradicts itself. */
function faultOf({ kinds, services, matters = [] }: Catalogue): string | undefined {
  const lists = [kinds, services, matters].map((list) => list.map((one) => one.id));
  const twice = lists.map(repeated).find((name) => name !== undefined);
  if (twice !== undefined) return `${twice} stands twice`;
  const known = new Set(kinds.map((one) => one.id));
  for (const one of services) {
    const fault = serviceFaultOf(one, known);
    if (fault !== undefined) return `service ${one.id} ${fault}`;
  }
  for (const one of matters) {
    const service = services.find((candidate) => candidate.id === one.service);
    if (!service) return `matter ${one.id} belongs to ${one.service}, which is not among the services`;
    if (service.collects !== 'case')
      return `matter ${one.id} belongs to ${one.service}, which collects no case`;
    const missing = one.needs.flatMap((need) => need.kinds).find((kindId) => !service.kinds.includes(kindId));
    if (missing) return `matter ${one.id} needs ${missing}, which ${one.service} doesn’t accept`;
  }
  return undefined;
}

function serviceFaultOf(service: Service, kinds: ReadonlySet<string>): string | undefined {
  const { businesses = [], lookUps = [], handsOn, keeps } = service;
  const missing = service.kinds.find((kindId) => !kinds.has(kindId));
  if (missing) return `accepts ${missing}, which is not among the kinds`;
  const type = repeated(businesses.map((business) => business.type));
  if (type !== undefined) return `has the business ${type} twice`;
  if (businesses.length > 0 && !handsOn) return 'has businesses, but hands nothing on';
  // the archive record of a hand-on and the row of a look-up say whose licence it was
  if (keeps === 'nothing' && handsOn) return 'keeps nothing, but hands licences on';
  if (keeps === 'nothing' && lookUps.length > 0) return 'keeps nothing, but looks licences up';
  return undefined;
}
