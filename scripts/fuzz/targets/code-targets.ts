import type { SignatureVerifier } from '../../../licence/ed25519/signature-verifier.ts';
import {
  delegatedCode,
  demoCode,
  demoContext,
  demoDelegation,
  demoLicence,
  licenceCode,
  NOW,
  staticLicence,
  trustIn,
} from '../../../licence/testing/demo-issuer.ts';
import type { Service } from '../../../licence/trust/catalogue.ts';
import { REJECTED, UNDETERMINED, type Verdict } from '../../../licence/verdict.ts';
import { type VerifyContext, verify } from '../../../licence/verify.ts';
import { verdictBreach } from '../code-model.ts';
import { ISSUERS, LENIENT_SERVICE, LISTS, SERVICE, TWO_BIT_URI } from '../fuzz-world.ts';
import { mutateSealed } from '../mutate-cbor.ts';
import type { Answer, Target } from '../target.ts';

/** Checks 2 to 12: nothing is accepted, and no licence shown, but what true keys signed and the model calls lawful. */
export function codeTargets(verifier: SignatureVerifier): readonly Target[] {
  const { cti } = demoLicence();
  const twoBits = { status: { idx: 5, uri: TWO_BIT_URI } };
  return [
    target('licence', LENIENT_SERVICE, verifier, [
      licenceCode(staticLicence()),
      licenceCode(staticLicence(twoBits)),
    ]),
    target('presentation', SERVICE, verifier, [
      demoCode(),
      demoCode({ presentation: { aud: SERVICE.id, iat: NOW - 60 } }),
      demoCode({ licence: twoBits }),
    ]),
    target('delegation', SERVICE, verifier, [
      delegatedCode(),
      delegatedCode({ delegation: { scope: { licences: [cti], services: [SERVICE.id] } } }),
      delegatedCode({ delegation: { ...demoDelegation(), ...twoBits } }),
    ]),
  ];
}

/** The fuzzing world as `verify` sees it. */
export function fuzzContext(service: Service, verifier: SignatureVerifier): VerifyContext {
  return demoContext({
    trust: trustIn(...ISSUERS),
    service,
    verifier,
    statusList: (uri) => LISTS.get(uri),
  });
}

function target(
  name: string,
  service: Service,
  verifier: SignatureVerifier,
  seeds: readonly Uint8Array[],
): Target {
  const context = fuzzContext(service, verifier);
  return {
    name,
    weight: 3,
    seeds,
    mutate: mutateSealed,
    run(bytes) {
      const verdict = verify(bytes, context);
      return answerOf(verdict, verdictBreach(bytes, verdict, service, false));
    },
  };
}

export function answerOf(verdict: Verdict, breach: string | undefined): Answer {
  const { outcome, reason } = verdict;
  const detail = verdict.outcome === 'accepted' ? '' : verdict.detail;
  const broken = breach ?? (REASONS[outcome].includes(reason) ? undefined : 'a reason of another outcome');
  return { taken: outcome === 'accepted', said: `${reason}: ${detail}`, broken };
}

const REASONS: Readonly<Record<Verdict['outcome'], readonly string[]>> = {
  accepted: ['accepted'],
  rejected: REJECTED,
  undetermined: UNDETERMINED,
};
