import type { BestTime } from './best-time.ts';
import { admittedKeys, signatureFault } from './checks/admitted-signature.ts';
import { checkDelegation } from './checks/delegation.ts';
import { checkHolder, type HolderCheck } from './checks/holder.ts';
import { parseCode } from './checks/parse-code.ts';
import { checkStatus } from './checks/status.ts';
import type { Licence } from './claims.ts';
import { readCode } from './code-text.ts';
import { sign1Bytes } from './cose/sign1.ts';
import type { Delegation } from './delegation.ts';
import type { SignatureVerifier } from './ed25519/signature-verifier.ts';
import type { StatusList } from './status/status-list.ts';
import type { Service } from './trust/catalogue.ts';
import type { Issuer } from './trust/issuers.ts';
import {
  type Evidence,
  type Refusal,
  type RejectedReason,
  UNDETERMINED,
  type UndeterminedReason,
  type Verdict,
  type Verified,
} from './verdict.ts';
import { openResolveAnswer, type ResolvedState } from './wire/resolve-answer.ts';

/** Everything a verdict depends on besides the code itself. */
export interface VerifyContext {
  readonly time: BestTime;
  /** Absent until the city's trust metadata has been fetched once. */
  readonly trust:
    | { readonly issuers: readonly Issuer[] /** unix ms */; readonly expires: number }
    | undefined;
  /** The policy to judge by; absent when the catalogue, part of the trust metadata, doesn't have it. */
  readonly service: Service | undefined;
  readonly verifier: SignatureVerifier;
  /** The list held under this name, if any. */
  statusList(uri: string): StatusList | undefined;
  /** Whether this proof was accepted before. */
  alreadyUsed(proofHash: Uint8Array): boolean;
}

/**
 * The one door through which a code becomes a verdict. Checks run in the order of licence-code.md; the first that
 * fails names the verdict. No I/O, no clock, never throws for any input.
 *
 * @param scanned what the scanner read: raw COSE bytes or the `LZ1:` text.
 */
export function verify(scanned: Uint8Array, context: VerifyContext): Verdict {
  const code = readCode(scanned); // 1
  return code.ok ? judge(code.bytes, context) : rejected(code.reason, code.detail);
}

/** An answer of the city to a reference code, and what it must belong to. */
export interface Resolution {
  readonly answer: Uint8Array;
  /** Of the request it answers. */
  readonly requestId: Uint8Array;
  /** The city's keys with use `resolve`. */
  readonly cityKeys: readonly Uint8Array[];
}

/**
 * The same door for what the city answered to a reference code. One code has one verdict: of several licences the first
 * that is accepted, else the first.
 */
export function verifyResolved(resolution: Resolution, context: VerifyContext): Verdict {
  const verdicts = verifyResolvedEach(resolution, context);
  const served = verdicts.find(({ outcome }) => outcome === 'accepted') ?? verdicts[0];
  return served ?? undetermined('city-error', 'an answer of nothing');
}

/**
 * The same door for what the city answered to a look-up by number: each licence in the answer is judged like any other,
 * the city's word standing in for the holder proof.
 *
 * @returns a verdict for each licence, in the city's order; a single one without a licence when there is none to judge.
 */
export function verifyResolvedEach(resolution: Resolution, context: VerifyContext): readonly Verdict[] {
  const { answer, requestId, cityKeys } = resolution;
  const opened = openResolveAnswer(answer, requestId, cityKeys, context.verifier);
  if (!opened.ok)
    return [refused({ ...opened, reason: 'city-error', detail: `resolve answer: ${opened.detail}` })];
  const { value } = opened;
  switch (value.reason) {
    case undefined:
      return value.licences.map(({ code, state }) => judge(code, context, { state, iat: value.iat }));
    case 'unknown':
      return [rejected('not-a-licence-code', 'the city knows no licence under this reference')];
    case 'expired':
      return [rejected('code-expired', 'the city says the reference is over')];
    case 'refused':
      return [rejected('refused-by-service', 'the city refuses the look-up')];
    case 'unavailable':
      return [undetermined('city-unavailable', 'the source the city asks does not answer')];
  }
}

/** What the city says of a licence it handed out. */
interface CityWord {
  readonly state: ResolvedState;
  /** unix seconds */
  readonly iat: number;
}

/** Checks 2 to 12. @param resolved absent for a code that proves itself. */
function judge(bytes: Uint8Array, context: VerifyContext, resolved?: CityWord): Verdict {
  const parsed = parseCode(bytes); // 2, 3
  if (!parsed.ok) return rejected(parsed.reason, parsed.detail);
  const { licence: shown, presentation, delegation } = parsed.parts;
  if (resolved && presentation) return undetermined('city-error', 'a presentation in a resolve answer');

  const ground = groundOf(context); // 4, 5
  if (!ground.ok) return ground.verdict;
  const { now, signedTime, trust, service } = ground;
  const { verifier } = context;

  const issuer = trust.issuers.find(({ iss }) => iss === shown.claims.iss); // 6
  if (!issuer) return rejected('unknown-issuer', 'iss is not among the admitted issuers');
  const { kind, iat } = shown.claims;
  const keys = admittedKeys(issuer, shown.sealed.kid, { use: 'licence', kind, iat, now });
  if (typeof keys === 'string') return rejected('key-not-admitted', keys);

  const fault = signatureFault('licence', shown.sealed, keys, verifier); // 7
  if (fault) return refused({ ok: false, reason: 'bad-signature', ...fault });
  const licence = shown.claims as Verified<Licence>;
  const evidence: Evidence = {
    issuer: issuer.iss,
    ...(resolved ? { resolvedIat: resolved.iat } : {}),
  };

  if (now < licence.nbf) return rejected('not-yet-valid', 'before nbf', { licence, evidence }); // 8
  if (now >= licence.exp) return rejected('expired', 'past exp', { licence, evidence });

  const statusList = (uri: string) => context.statusList(uri);
  const alreadyUsed = (hash: Uint8Array) => context.alreadyUsed(hash);
  const status = checkStatus(licence.status, statusList, service, now); // 9
  const known = {
    licence,
    evidence: status.iat === undefined ? evidence : { ...evidence, statusIat: status.iat },
  };
  switch (status.state) {
    case 'valid':
      break;
    case 'revoked':
    case 'suspended':
      return rejected(status.state, 'status list', known);
    default:
      return undetermined(status.state, status.detail, known);
  }
  if (resolved && resolved.state !== 'valid') return rejected(resolved.state, 'the city says so', known);

  const proof = resolved
    ? PROVED_BY_THE_CITY
    : checkHolder({
        licence,
        presentation,
        delegation,
        service,
        verifier,
        alreadyUsed,
        now,
        signedTime,
      }); // 10
  if (!proof.ok) return refused(proof, known);

  if (delegation) {
    const check = checkDelegation(delegation, { licence, service, trust, verifier, statusList, now }); // 11
    if (!check.ok) return refused(check, known);
  }

  if (delegation && service.delegation !== 'accepted') {
    return rejected('refused-by-service', 'the service takes no delegation', known); // 12
  }
  if (!service.kinds.includes(licence.kind)) return rejected('wrong-kind', 'kind not of this service', known);
  if (offlineTooLong(context.time, service)) {
    return undetermined('needs-network', 'no word of the city within the time the service allows', known);
  }
  return {
    outcome: 'accepted',
    reason: 'accepted',
    ...known,
    signedLicence: sign1Bytes(shown.sealed),
    ...(proof.proof ? { holderProof: proof.proof } : {}),
    ...(delegation ? { delegation: delegation.claims as Verified<Delegation> } : {}),
  };
}

function offlineTooLong(time: BestTime, { maxOfflineSeconds }: Service): boolean {
  if (maxOfflineSeconds === undefined || !time.trusted) return false;
  return time.unixMs - (time.signedMs ?? 0) > maxOfflineSeconds * 1000;
}

export type Ground =
  | {
      readonly ok: true;
      /** unix seconds */
      readonly now: number;
      /** Whether the city has ever signed a time. */
      readonly signedTime: boolean;
      readonly trust: NonNullable<VerifyContext['trust']>;
      readonly service: Service;
    }
  | { readonly ok: false; readonly verdict: Verdict };

/** Checks 4 and 5: what any judgement stands on; else why nothing can be judged now. */
export function groundOf({ time, trust, service }: VerifyContext): Ground {
  if (!time.trusted)
    return groundless('clock-untrusted', 'the clock is before the build or contradicts a time that was had');
  if (!trust) return groundless('trust-expired', 'no trust metadata yet');
  if (time.unixMs >= trust.expires) return groundless('trust-expired', 'trust metadata past its time');
  if (!service) return groundless('city-error', 'the catalogue does not have the service of this terminal');
  return { ok: true, now: time.unixMs / 1000, signedTime: time.signed, trust, service };
}

function groundless(reason: UndeterminedReason, detail: string): Ground {
  return { ok: false, verdict: undetermined(reason, detail) };
}

const PROVED_BY_THE_CITY: HolderCheck = { ok: true };

interface Known {
  readonly licence: Verified<Licence>;
  readonly evidence: Evidence;
}

function refused(refusal: Refusal<RejectedReason | UndeterminedReason>, known?: Known): Verdict {
  const { reason, detail, alarm } = refusal;
  const heard = alarm ? { alarm } : {};
  if (isUndetermined(reason)) return { ...undetermined(reason, detail, known), ...heard };
  return { ...rejected(reason, detail, known), ...heard };
}

function isUndetermined(reason: RejectedReason | UndeterminedReason): reason is UndeterminedReason {
  return UNDETERMINED.some((one) => one === reason);
}

function rejected(reason: RejectedReason, detail: string, known?: Known): Verdict {
  return { outcome: 'rejected', reason, detail, ...known };
}

function undetermined(reason: UndeterminedReason, detail: string, known?: Known): Verdict {
  return { outcome: 'undetermined', reason, detail, ...known };
}
