import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import type { Target } from './target.ts';
import { auditRowTarget } from './targets/audit-row-target.ts';
import { cborTarget } from './targets/cbor-target.ts';
import { codeTargets } from './targets/code-targets.ts';
import { coseTarget } from './targets/cose-target.ts';
import { enrolmentTarget } from './targets/enrolment-target.ts';
import { resolveTarget } from './targets/resolve-target.ts';
import { statusDeltaTarget } from './targets/status-delta-target.ts';
import { statusListTarget } from './targets/status-list-target.ts';
import { textTarget } from './targets/text-target.ts';
import { trustTargetTargets } from './targets/trust-target-targets.ts';
import { tufTargets } from './targets/tuf-targets.ts';
import { wireTargets } from './targets/wire-targets.ts';

/** Every place where bytes of others come in. */
export function allTargets(verifier: SignatureVerifier): readonly Target[] {
  return [
    textTarget(),
    cborTarget(),
    coseTarget(),
    ...codeTargets(verifier),
    resolveTarget(verifier),
    statusListTarget(verifier),
    statusDeltaTarget(verifier),
    ...tufTargets(),
    ...trustTargetTargets(),
    auditRowTarget(),
    ...wireTargets(verifier),
    enrolmentTarget(),
  ];
}
