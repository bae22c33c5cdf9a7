import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { CLAIM } from '../cwt.ts';
import { type Delegation, SCOPE } from '../delegation.ts';
import { confirmation, statusEntry } from './claim-values.ts';
import { sealSign1 } from './seal-sign1.ts';
import type { SigningKey } from './signing-key.ts';

/** Signs a delegation. @returns COSE bytes; the same delegation and key always give the same bytes. */
export function issueDelegation(delegation: Delegation, key: SigningKey): Uint8Array {
  const { licences, kinds, services } = delegation.scope;
  const scope = new Map<number, CborValue>();
  if (licences) scope.set(SCOPE.licences, licences);
  if (kinds) scope.set(SCOPE.kinds, kinds);
  if (services) scope.set(SCOPE.services, services);
  const claims = new Map<number, CborValue>([
    [CLAIM.iss, delegation.iss],
    [CLAIM.sub, delegation.sub],
    [CLAIM.iat, delegation.iat],
    [CLAIM.nbf, delegation.nbf],
    [CLAIM.exp, delegation.exp],
    [CLAIM.cti, delegation.cti],
    [CLAIM.cnf, confirmation(delegation.delegateKey)],
    [CLAIM.status, statusEntry(delegation.status)],
    [CLAIM.principal, delegation.principal],
    [CLAIM.scope, scope],
  ]);
  return sealSign1(TYP.delegation, encodeCbor(claims), key);
}
