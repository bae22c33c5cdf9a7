import { createHash } from 'node:crypto';
import { KID_BYTES } from '../../licence/cose/sign1.ts';
import { TERMINAL_ID_BYTES } from '../../licence/wire/label.ts';

/** First 16 bytes of SHA-256 of the public key (city-protocol.md, Identity). */
export function terminalIdOf(publicKey: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(publicKey).digest().subarray(0, TERMINAL_ID_BYTES));
}

/** A COSE kid is the first half of a terminal id: the ids it can stand for lie in this range. */
export function idsOfKid(kid: Uint8Array): { readonly from: Uint8Array; readonly to: Uint8Array } {
  const from = new Uint8Array(TERMINAL_ID_BYTES);
  const to = new Uint8Array(TERMINAL_ID_BYTES).fill(0xff);
  from.set(kid.subarray(0, KID_BYTES));
  to.set(kid.subarray(0, KID_BYTES));
  return { from, to };
}
