import { parseSign1 } from '../../licence/cose/sign1.ts';
import type { Typ } from '../../licence/cose/typ.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import type { Terminal, Terminals } from './terminals.ts';

export type Signer =
  | { readonly ok: true; readonly terminal: Terminal }
  | {
      readonly ok: false;
      readonly fault: 'malformed' | 'unknown-terminal' | 'not-proved';
      readonly detail: string;
    };

/** Which enrolled terminal signed this object. @param maxBytes limit of the whole object. */
export async function findSigner(
  bytes: Uint8Array,
  typ: Typ,
  terminals: Terminals,
  verifier: SignatureVerifier,
  maxBytes: number,
): Promise<Signer> {
  const parsed = parseSign1(bytes, [typ], { maxBytes });
  if (!parsed.ok) return { ok: false, fault: 'malformed', detail: parsed.detail };
  const { kid, signature, signedBytes } = parsed.sign1;
  const candidates = await terminals.ofKid(kid);
  if (candidates.length === 0) {
    return { ok: false, fault: 'unknown-terminal', detail: 'no enrolled terminal has this kid' };
  }
  const terminal = candidates.find(
    ({ public_key }) => verifier.check(signature, signedBytes, public_key) === 'valid',
  );
  return terminal
    ? { ok: true, terminal }
    : { ok: false, fault: 'not-proved', detail: 'the signature is not the terminal’s' };
}
