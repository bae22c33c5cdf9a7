import type { SignatureVerifier } from '../../../licence/ed25519/signature-verifier.ts';
import type { StatusList } from '../../../licence/status/status-list.ts';
import { demoContext, demoService, demoStatusList } from '../../../licence/testing/demo-issuer.ts';
import { type VerifyContext, verify } from '../../../licence/verify.ts';

/** A terminal's context that accepts the licences of the material, static ones too. */
export function benchContext(
  verifier: SignatureVerifier,
  list: StatusList = demoStatusList(),
): VerifyContext {
  return demoContext({
    verifier,
    service: demoService({ holderProof: 'if-bound' }),
    statusList: (uri) => (uri === list.uri ? list : undefined),
  });
}

/** @throws when it isn't accepted: nothing else is worth timing. */
export function mustAccept(code: Uint8Array, context: VerifyContext): void {
  const { reason } = verify(code, context);
  if (reason !== 'accepted') throw new Error(`a good code was ${reason}`);
}
