import type { Known } from '../cbor/diagnostic.ts';
import type { CborProfile } from '../cbor/scan.ts';
import { ALG_ED25519, ALG_EDDSA, codeProfile, HEADER } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { CLAIM, COSE_KEY } from '../cwt.ts';
import { SCOPE } from '../delegation.ts';
import { COMMON_LABEL } from '../field-label.ts';

/*
 * The names of what stands in a code, for `diagnose`. Names only: what is well formed or true is decided elsewhere.
 */

const TYP_NAMES = new Map<number | string, string>(
  Object.entries(TYP).map(([name, typ]) => [typ, spelled(name)]),
);

/** What a typ header stands for: 65001 is a licence. @returns undefined for a typ of nobody's. */
export function typName(typ: unknown): string | undefined {
  return typeof typ === 'number' || typeof typ === 'string' ? TYP_NAMES.get(typ) : undefined;
}

/** The header profile of codes: a licence and a delegation may stand in it. */
export const HEADER_PROFILE: CborProfile = codeProfile([HEADER.kcwt, HEADER.delegation]);
export const CLAIMS_PROFILE: CborProfile = codeProfile('none');

/** The payload of a licence, a presentation or a delegation: a label means the same in all of them. */
export const KNOWN_CLAIMS: Known = {
  keys: keysOf(CLAIM, [
    [CLAIM.exp, { name: 'exp', meaning: isoTime }],
    [CLAIM.nbf, { name: 'nbf', meaning: isoTime }],
    [CLAIM.iat, { name: 'iat', meaning: isoTime }],
    [CLAIM.cnf, { name: 'cnf', keys: new Map([[1, coseKey()]]) }],
    [CLAIM.fields, { name: 'fields', keys: keysOf(COMMON_LABEL) }],
    [CLAIM.scope, { name: 'scope', keys: keysOf(SCOPE) }],
  ]),
};

/** A protected header as it stands. @param embedded what is known of the licence and the delegation in it. */
export function knownHeader(embedded: { readonly kcwt?: Known; readonly delegation?: Known } = {}): Known {
  return {
    keys: keysOf(HEADER, [
      [HEADER.alg, { name: 'alg', meaning: algName }],
      [HEADER.typ, { name: 'typ', meaning: typName }],
      [HEADER.kcwt, { ...embedded.kcwt, name: 'kcwt' }],
      [HEADER.delegation, { ...embedded.delegation, name: 'delegation' }],
    ]),
  };
}

/** A COSE_Sign1 with header and payload opened. */
export function knownSign1(header: Known = knownHeader()): Known {
  return {
    items: [
      { name: 'protected', cbor: { known: header, profile: HEADER_PROFILE } },
      { name: 'unprotected' },
      { name: 'payload', cbor: { known: KNOWN_CLAIMS, profile: CLAIMS_PROFILE } },
      { name: 'signature' },
    ],
  };
}

/** A whole code, a licence or a presentation with what it embeds, opened all the way. */
export const KNOWN_CODE: Known = knownSign1(knownHeader({ kcwt: knownSign1(), delegation: knownSign1() }));

function algName(alg: number | string): string | undefined {
  if (alg === ALG_ED25519) return 'Ed25519';
  return alg === ALG_EDDSA ? 'EdDSA' : undefined;
}

function coseKey(): Known {
  return {
    name: 'COSE_Key',
    keys: new Map<number, Known>([
      [COSE_KEY.kty, { name: 'kty', meaning: (kty) => (kty === COSE_KEY.okp ? 'OKP' : undefined) }],
      [COSE_KEY.crv, { name: 'crv', meaning: (crv) => (crv === COSE_KEY.ed25519 ? 'Ed25519' : undefined) }],
      [COSE_KEY.x, { name: 'x' }],
    ]),
  };
}

/** Unix seconds as a time to read; undefined past what a calendar has. */
export function isoTime(unixSeconds: number | string): string | undefined {
  const date = typeof unixSeconds === 'number' ? new Date(unixSeconds * 1000) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString().replace('.000Z', 'Z') : undefined;
}

/** A comment of its name for every label, and more for some. */
function keysOf(
  labels: Readonly<Record<string, number>>,
  known: readonly (readonly [number, Known])[] = [],
): ReadonlyMap<number, Known> {
  return new Map([...Object.entries(labels).map(([name, label]) => [label, { name }] as const), ...known]);
}

/** statusDelta → status delta */
function spelled(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
