import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import type { Licence } from '../claims.ts';
import { TYP } from '../cose/typ.ts';
import { CLAIM } from '../cwt.ts';
import { confirmation, statusEntry } from './claim-values.ts';
import { sealSign1 } from './seal-sign1.ts';
import type { SigningKey } from './signing-key.ts';

/** Signs a licence. @returns COSE bytes; the same licence and key always give the same bytes. */
export function issueLicence(licence: Licence, key: SigningKey): Uint8Array {
  const claims = new Map<number, CborValue>([
    [CLAIM.iss, licence.iss],
    [CLAIM.sub, licence.sub],
    [CLAIM.iat, licence.iat],
    [CLAIM.nbf, licence.nbf],
    [CLAIM.exp, licence.exp],
    [CLAIM.cti, licence.cti],
    [CLAIM.status, statusEntry(licence.status)],
    [CLAIM.kind, licence.kind],
    [CLAIM.fields, new Map<number, CborValue>(licence.fields)],
  ]);
  if (licence.holderKey) claims.set(CLAIM.cnf, confirmation(licence.holderKey));
  return sealSign1(TYP.licence, encodeCbor(claims), key);
}
