import { z } from 'zod';
import { isSoundPublicKey } from '../ed25519/noble-verifier.ts';

/** What a key of the city may sign: audit receipts, times, resolve answers, maintenance grants. */
const USES = ['receipt', 'time', 'resolve', 'grant'] as const;

/** The trust target `city.json`: the keys behind what the city itself says. Raw keys in base64url. */
const schema = z.strictObject({
  version: z.literal(1),
  keys: z.array(z.strictObject({ x: z.string(), uses: z.array(z.enum(USES)) })).max(32),
  /** X25519 key that personal parts of audit rows are sealed to. */
  audit: z.strictObject({ x: z.string() }),
});

export type CityKeyUse = (typeof USES)[number];

export interface CityKeys {
  readonly keys: readonly { readonly x: Uint8Array; readonly uses: readonly CityKeyUse[] }[];
  readonly auditKey: Uint8Array;
}

/** @returns a sentence on what is wrong, instead of keys. */
export function parseCityKeys(json: unknown): CityKeys | string {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return `city.json: ${z.prettifyError(parsed.error)}`;
  const keys = parsed.data.keys.map((key) => ({ x: raw(key.x), uses: key.uses }));
  if (!keys.every((key) => isSoundPublicKey(key.x))) return 'city.json: a key is not a sound Ed25519 key';
  const auditKey = raw(parsed.data.audit.x);
  return auditKey.length === 32 ? { keys, auditKey } : 'city.json: the audit key is not 32 bytes';
}

/** The other direction, for the city. */
export function toCityKeysJson(city: CityKeys): z.input<typeof schema> {
  return {
    version: 1,
    keys: city.keys.map((key) => ({ x: Buffer.from(key.x).toString('base64url'), uses: [...key.uses] })),
    audit: { x: Buffer.from(city.auditKey).toString('base64url') },
  };
}

function raw(base64url: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64url, 'base64url'));
}
