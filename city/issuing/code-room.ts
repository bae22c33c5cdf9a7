import { PRESENTATION_CTI_BYTES } from '../../licence/claims.ts';
import { CODE_MAX_BYTES, SIGNATURE_BYTES } from '../../licence/cose/sign1.ts';
import { presentLicence } from '../../licence/issue/present-licence.ts';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import { kidOf } from '../../licence/trust/issuers.ts';

/**
 * Most bytes a code may have to be shown on a phone: QR version 25 at level M holds 1,451 characters of the
 * alphanumeric set (ISO/IEC 18004 table 7); four are `LZ1:`, and Base45 makes three of two bytes.
 */
export const SHOWABLE_CODE_BYTES = 964;

/** What a licence is shown with. */
export interface ShownWith {
  /** Whether its holder, or a delegate, proves to be that; a static code is the licence alone. */
  readonly proof: boolean;
  /** COSE bytes */
  readonly delegation?: Uint8Array;
}

/**
 * How many bytes the code of a licence is too large for a phone; 0 when it fits. Measured on a real presentation; for
 * objects no presentation can hold at all it is at least this many.
 */
export function codeExcess(licence: Uint8Array, { proof, delegation }: ShownWith): number {
  const holdable = Math.max(licence.length, delegation?.length ?? 0) <= CODE_MAX_BYTES;
  const size =
    proof && holdable
      ? presentLicence(licence, PROOF, MEASURING_KEY, delegation).length
      : licence.length + (delegation?.length ?? 0);
  return Math.max(0, size - SHOWABLE_CODE_BYTES);
}

/** As phones make them: for any service, in answer to no challenge. */
const PROOF = { iat: 0xffff_ffff, cti: new Uint8Array(PRESENTATION_CTI_BYTES) };

/** Signs nothing: for measuring objects before they are made. */
export const MEASURING_KEY: SigningKey = measuringKey();

function measuringKey(): SigningKey {
  const publicKey = new Uint8Array(32);
  return {
    publicKey,
    kid: kidOf(publicKey),
    seed: new Uint8Array(32),
    sign: () => new Uint8Array(SIGNATURE_BYTES),
  };
}
