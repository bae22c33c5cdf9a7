import { encodeCbor } from '../cbor/encode.ts';
import { HEADER, parseSign1 } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { issueDelegation } from '../issue/issue-delegation.ts';
import { EncodedItem, encodeAsListed } from '../testing/changed-map.ts';
import {
  DELEGATE_KEY,
  DELEGATION_KEY,
  delegatedCode,
  demoDelegation,
  ISSUER_KEY,
  licenceCode,
} from '../testing/demo-issuer.ts';
import { headerOf, rawSign1 } from '../testing/raw-sign1.ts';

/**
 * Every run of CBOR in a code of three signatures. The envelopes of licence and delegation stand inside the header of
 * the presentation.
 */
export const LAYERS = [
  'presentation envelope',
  'presentation header',
  'presentation payload',
  'licence header',
  'licence payload',
  'delegation header',
  'delegation payload',
] as const;
export type Layer = (typeof LAYERS)[number];

/**
 * `delegatedCode()` with one layer changed and everything signed afterwards by the true keys, so that no signature can
 * be what refuses it.
 */
export function resealedCode(layer: Layer, change: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const put = (name: Layer, bytes: Uint8Array) => (name === layer ? change(bytes) : bytes);
  const licence = rawSign1(
    { header: put('licence header', LICENCE.header), payload: put('licence payload', LICENCE.payload) },
    ISSUER_KEY,
  );
  const delegation = rawSign1(
    {
      header: put('delegation header', DELEGATION.header),
      payload: put('delegation payload', DELEGATION.payload),
    },
    DELEGATION_KEY,
  );
  const presentation = rawSign1(
    {
      header: put('presentation header', presentationHeader(licence, delegation)),
      payload: put('presentation payload', PRESENTATION_PAYLOAD),
    },
    DELEGATE_KEY,
  );
  return put('presentation envelope', presentation);
}

const LICENCE = {
  header: encodeCbor(headerOf(TYP.licence, ISSUER_KEY)),
  payload: payloadOf(licenceCode()),
};
const DELEGATION = {
  header: encodeCbor(headerOf(TYP.delegation, DELEGATION_KEY)),
  payload: payloadOf(issueDelegation(demoDelegation(), DELEGATION_KEY)),
};
const PRESENTATION_PAYLOAD = payloadOf(delegatedCode());

/** Around bytes, which need not be CBOR of the profile any more. */
function presentationHeader(licence: Uint8Array, delegation: Uint8Array): Uint8Array {
  return encodeAsListed([
    ...headerOf(TYP.presentation, DELEGATE_KEY, { [HEADER.typ]: undefined }),
    [HEADER.kcwt, new EncodedItem(licence)],
    [HEADER.typ, TYP.presentation],
    [HEADER.delegation, new EncodedItem(delegation)],
  ]);
}

function payloadOf(code: Uint8Array): Uint8Array {
  const parsed = parseSign1(code, [TYP.licence, TYP.delegation, TYP.presentation]);
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.sign1.payload;
}
