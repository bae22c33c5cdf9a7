import { type CborValue, decodeCbor } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import type { Presentation } from '../claims.ts';
import { codeProfile, HEADER } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { CLAIM } from '../cwt.ts';
import { sealSign1 } from './seal-sign1.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * Signs a presentation around a licence.
 *
 * @param licence the issuer's COSE bytes, embedded as they are.
 * @param presenter the holder's key; the delegate's where a delegation is shown.
 * @param delegation COSE bytes of the delegation under which the presenter acts.
 */
export function presentLicence(
  licence: Uint8Array,
  presentation: Presentation,
  presenter: SigningKey,
  delegation?: Uint8Array,
): Uint8Array {
  const claims = new Map<number, CborValue>([
    [CLAIM.iat, presentation.iat],
    [CLAIM.cti, presentation.cti],
  ]);
  if (presentation.aud !== undefined) claims.set(CLAIM.aud, presentation.aud);
  if (presentation.cnonce !== undefined) claims.set(CLAIM.cnonce, presentation.cnonce);
  const embedded: (readonly [number, CborValue])[] = [[HEADER.kcwt, embed(licence, 'licence')]];
  if (delegation) embedded.push([HEADER.delegation, embed(delegation, 'delegation')]);
  return sealSign1(TYP.presentation, encodeCbor(claims), presenter, embedded);
}

function embed(object: Uint8Array, what: string): CborValue {
  const decoded = decodeCbor(object, codeProfile('top'));
  if (!decoded.ok) throw new TypeError(`not a ${what}: ${decoded.fault.name}`);
  return decoded.value;
}
