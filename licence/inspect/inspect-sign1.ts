import { type CborMap, type CborValue, decodeCbor, TaggedSign1 } from '../cbor/decode.ts';
import { diagnose, type Known } from '../cbor/diagnostic.ts';
import { parseLicence, parsePresentation } from '../claims.ts';
import { HEADER, readSign1, type Sign1 } from '../cose/sign1.ts';
import { TYP, type Typ } from '../cose/typ.ts';
import { parseDelegation } from '../delegation.ts';
import type { InspectionStep } from './inspection.ts';
import {
  CLAIMS_PROFILE,
  HEADER_PROFILE,
  KNOWN_CLAIMS,
  knownHeader,
  knownSign1,
  typName,
} from './known-code.ts';

/** `sign1` is there when the object is well formed. */
export interface InspectedSign1 {
  readonly step: InspectionStep;
  readonly sign1?: Sign1;
}

/** A signed object: its protected header, its claims, its signature. The signature is shown, not checked. */
export function inspectSign1(
  title: string,
  value: CborValue | undefined,
  expected: readonly Typ[],
): InspectedSign1 {
  const opened = readSign1(value, expected);
  const refusal = opened.ok ? {} : { fault: `${opened.reason}: ${opened.detail}` };
  const parts = partsOf(value);
  if (!parts) return { step: { title, found: 'no COSE_Sign1', ...refusal, shown: [] } };

  const decoded = decodeCbor(parts.header, HEADER_PROFILE);
  const header = decoded.ok && decoded.value instanceof Map ? decoded.value : undefined;
  const known = knownHeader(header ? elidedIn(header) : OPENED);
  const headerText = diagnose(parts.header, { known, profile: HEADER_PROFILE }).text;
  const shown = [{ what: 'protected header', notation: headerText }];
  if (!header) return { step: { title, found: 'no header of the strict profile', ...refusal, shown } };

  const claims = diagnose(parts.payload, { known: KNOWN_CLAIMS, profile: CLAIMS_PROFILE });
  shown.push({ what: 'claims', notation: claims.text });
  shown.push({ what: 'signature (not checked)', notation: bytesText(parts.signature) });
  const found = summary(header);
  if (!opened.ok) return { step: { title, found, ...refusal, shown } };
  const wrong = contentFault(opened.sign1);
  if (wrong === undefined) return { step: { title, found, shown }, sign1: opened.sign1 };
  return { step: { title, found, fault: wrong, shown } };
}

interface Sign1Parts {
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/** As far as they are byte strings: whether the rest holds is for `readSign1` to say. */
function partsOf(value: CborValue | undefined): Sign1Parts | undefined {
  if (!(value instanceof TaggedSign1) || !Array.isArray(value.value)) return undefined;
  const [header, , payload, signature] = value.value as readonly CborValue[];
  const bytes = header instanceof Uint8Array && payload instanceof Uint8Array;
  return bytes && signature instanceof Uint8Array ? { header, payload, signature } : undefined;
}

const OPENED = { kcwt: knownSign1(), delegation: knownSign1() };

/** What gets a step of its own isn't shown in the header as well. */
function elidedIn(header: CborMap): { readonly kcwt: Known; readonly delegation: Known } {
  const known = (label: number): Known => (partsOf(header.get(label)) ? { elided: 'see its own step' } : {});
  return { kcwt: known(HEADER.kcwt), delegation: known(HEADER.delegation) };
}

function summary(header: CborMap): string {
  const typ = header.get(HEADER.typ);
  const kid = header.get(HEADER.kid);
  const name = typName(typ) ?? 'of a typ unknown here';
  return kid instanceof Uint8Array ? `${name}, kid ${bytesText(kid)}` : name;
}

/** Of an object whose shape holds; in the words of a verdict. */
function contentFault({ typ, payload }: Sign1): string | undefined {
  switch (typ) {
    case TYP.licence:
      return claimsFault(parseLicence(payload));
    case TYP.delegation:
      return claimsFault(parseDelegation(payload));
    case TYP.presentation:
      return claimsFault(parsePresentation(payload));
    default:
      return 'unsupported: typ';
  }
}

function claimsFault(parsed: { readonly ok: true } | { readonly ok: false; readonly detail: string }) {
  return parsed.ok ? undefined : `malformed: ${parsed.detail}`;
}

function bytesText(bytes: Uint8Array): string {
  return `h'${Buffer.from(bytes).toString('hex')}'`;
}
