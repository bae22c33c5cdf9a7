import type { SigningKey } from '../../licence/issue/signing-key.ts';

/** What the bridge signs, each under a typ of its own (RFC 7515 §4.1.9), so that none passes for another. */
export const JWS_TYP = { receipt: 'lz-receipt+jwt', verdict: 'lz-verdict+jwt' } as const;
export type JwsTyp = (typeof JWS_TYP)[keyof typeof JWS_TYP];

/** Who signs. */
export interface JwsSigner {
  readonly key: SigningKey;
  /** Hex terminal id. */
  readonly kid: string;
}

/**
 * A compact JWS (RFC 7515 §7.1) by the terminal's Ed25519 key (RFC 8037).
 *
 * The same key signs COSE objects for the city. Neither can be taken for the other: what a JWS signature is over is
 * ASCII and begins with `eyJ`, base64url of `{"`; what a COSE_Sign1 signature is over is the CBOR array Sig_structure
 * and begins with the bytes 84 6A (RFC 9052 §4.4).
 */
export function signJws(typ: JwsTyp, claims: object, { key, kid }: JwsSigner): string {
  const signed = `${base64url({ alg: 'EdDSA', kid, typ })}.${base64url(claims)}`;
  return `${signed}.${Buffer.from(key.sign(Buffer.from(signed, 'latin1'))).toString('base64url')}`;
}

/** The public key as a JWK (RFC 8037 §2), under the kid of the signatures. */
export function publicJwk({ key, kid }: JwsSigner) {
  const x = Buffer.from(key.publicKey).toString('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' } as const;
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
