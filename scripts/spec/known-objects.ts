import { diagnose, type Known } from '../../licence/cbor/diagnostic.ts';
import type { CborProfile } from '../../licence/cbor/scan.ts';
import { CLAIM } from '../../licence/cwt.ts';
import {
  CLAIMS_PROFILE,
  HEADER_PROFILE,
  KNOWN_CLAIMS,
  KNOWN_CODE,
  knownHeader,
  knownSign1,
} from '../../licence/inspect/known-code.ts';
import { DELTA_CLAIM } from '../../licence/status/status-delta.ts';
import { LIST_CLAIM } from '../../licence/status/status-list.ts';
import { LABEL } from '../../licence/wire/label.ts';

/*
 * The names of what stands in the examples, for diagnostic notation. Those of a code are the ones `inspect` shows.
 */

/** A presentation whose licence is shown in an example of its own. */
export function knownPresentation(licence: string): Known {
  return knownSign1(knownHeader({ kcwt: { elided: licence } }));
}

/** Status list tokens keep to their standard, which asks for no order of keys. */
export const KNOWN_LIST: Known = knownObject(LIST_CLAIM, { ...CLAIMS_PROFILE, sortedKeys: false });

export const KNOWN_DELTA: Known = knownObject(DELTA_CLAIM, CLAIMS_PROFILE, [
  [DELTA_CLAIM.from, { ...KNOWN_CLAIMS.keys?.get(CLAIM.iat), name: 'from' }],
]);

/** @param licence what is said in place of a licence in it. */
export function knownResolveAnswer(licence: string): Known {
  const handedOut: Known = { items: [{ elided: licence }, { name: 'state' }] };
  return knownObject(LABEL, CLAIMS_PROFILE, [[LABEL.licences, { name: 'licences', items: [handedOut] }]]);
}

/** Diagnostic notation of an object of the examples. @throws for bytes outside their profile: the example is wrong. */
export function notationOf(bytes: Uint8Array, known: Known = KNOWN_CODE): string {
  const { text, fault } = diagnose(bytes, { known });
  if (fault) throw new Error(`an example with ${fault.name} at byte ${fault.at}`);
  return text;
}

/** A COSE_Sign1 whose payload has labels of its own besides those of CWT. */
function knownObject(
  labels: Readonly<Record<string, number>>,
  profile: CborProfile,
  more: readonly (readonly [number, Known])[] = [],
): Known {
  const own = Object.entries(labels).map(([name, label]) => [label, { name }] as const);
  const keys = new Map([...own, ...(KNOWN_CLAIMS.keys ?? []), ...more]);
  return {
    items: [
      { name: 'protected', cbor: { known: knownHeader(), profile: HEADER_PROFILE } },
      { name: 'unprotected' },
      { name: 'payload', cbor: { known: { keys }, profile } },
      { name: 'signature' },
    ],
  };
}
