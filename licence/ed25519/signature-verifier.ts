/** What a check of one Ed25519 signature (RFC 8032) can say. */
export type SignatureCheck =
  | 'valid'
  | 'invalid'
  /** Two implementations differ: an alarm and a refusal, never an acceptance. */
  | 'disagreement';

/** Port with three implementations: noble, native and both. */
export interface SignatureVerifier {
  readonly name: 'noble' | 'native' | 'both';
  /** @param publicKey 32 raw bytes; wrong lengths are `invalid`, never thrown. */
  check(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): SignatureCheck;
}
