import { createHash } from 'node:crypto';
import type { BestTime } from './best-time.ts';
import { type Licence, type Presentation, parseLicence, parsePresentation } from './claims.ts';
import { readCode } from './code-text.ts';
import { HEADER, parseSign1, readSign1, type Sign1 } from './cose/sign1.ts';
import { TYP } from './cose/typ.ts';
import type { SignatureVerifier } from './ed25519/signature-verifier.ts';
import { STATUS, type StatusList, statusAt } from './status/status-list.ts';
import { MAX_FRESHNESS_SECONDS, type Service } from './trust/catalogue.ts';
import type { Issuer, IssuerKey } from './trust/issuers.ts';
import type {
  Evidence,
  HolderProof,
  RejectedReason,
  UndeterminedReason,
  Verdict,
  Verified,
} from './verdict.ts';

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
  if (!code.ok) return rejected(code.reason, code.detail);

  const parsed = parseCode(code.bytes); // 2, 3
  if (!parsed.ok) return rejected(parsed.reason, parsed.detail);
  const { claims, sealed, presentation } = parsed;

  const { time, trust, service } = context;
  if (!time.trusted)
    return undetermined('clock-untrusted', 'no signed time yet and the clock is before the build'); // 4
  const now = time.unixMs / 1000;
  if (!trust) return undetermined('trust-expired', 'no trust metadata yet'); // 5
  if (time.unixMs >= trust.expires) return undetermined('trust-expired', 'trust metadata past its time');
  if (!service) return undetermined('city-error', 'the catalogue does not have the service of this terminal');

  const issuer = trust.issuers.find((candidate) => candidate.iss === claims.iss); // 6
  if (!issuer) return rejected('unknown-issuer', 'iss is not among the admitted issuers');
  const admitted = admittedKeys(issuer, sealed.kid, claims, now);
  if (typeof admitted === 'string') return rejected('key-not-admitted', admitted);

  const signature = checkSignature(sealed, admitted, context.verifier); // 7
  if (signature !== 'valid') return rejected('bad-signature', `licence signature: ${signature}`);
  const licence = claims as Verified<Licence>;
  const evidence: Evidence = { issuer: issuer.iss };

  if (now < licence.nbf) return rejected('not-yet-valid', 'before nbf', { licence, evidence }); // 8
  if (now >= licence.exp) return rejected('expired', 'past exp', { licence, evidence });

  const list = context.statusList(licence.status.uri); // 9
  if (!list) return undetermined('status-unavailable', 'no status list held', { licence, evidence });
  const known = { licence, evidence: { ...evidence, statusIat: list.iat } };
  const stale = staleness(list, service, now);
  if (stale) return undetermined('status-stale', stale, known);
  switch (statusAt(list, licence.status.idx)) {
    case STATUS.valid:
      break;
    case STATUS.invalid:
      return rejected('revoked', 'status list', known);
    case STATUS.suspended:
      return rejected('suspended', 'status list', known);
    default:
      return undetermined('status-unavailable', 'the list holds no known status at idx', known);
  }

  const proof = checkHolder(licence, presentation, service, context, now); // 10
  if (!proof.ok) return rejected(proof.reason, proof.detail, known);

  // 11, delegation, comes here

  if (!service.kinds.includes(licence.kind)) return rejected('wrong-kind', 'kind not of this service', known); // 12
  return {
    outcome: 'accepted',
    reason: 'accepted',
    ...known,
    ...(proof.proof ? { holderProof: proof.proof } : {}),
  };
}

type ParsedCode =
  | {
      readonly ok: true;
      readonly claims: Licence;
      readonly sealed: Sign1;
      readonly presentation?: { readonly claims: Presentation; readonly sealed: Sign1 };
    }
  | { readonly ok: false; readonly reason: 'malformed' | 'unsupported'; readonly detail: string };

/** A code is a licence, or a presentation with the licence in its kcwt header. */
function parseCode(bytes: Uint8Array): ParsedCode {
  const outer = parseSign1(bytes, [TYP.presentation, TYP.licence]);
  if (!outer.ok) return outer;
  const { header } = outer.sign1;
  if (outer.sign1.typ === TYP.licence) return parsedLicence(outer.sign1);
  if (header.has(HEADER.delegation)) return unsupported('delegation');
  const embedded = readSign1(header.get(HEADER.kcwt), [TYP.licence]);
  if (!embedded.ok) return { ...embedded, detail: `kcwt: ${embedded.detail}` };
  const licence = parsedLicence(embedded.sign1);
  if (!licence.ok) return licence;
  const claims = parsePresentation(outer.sign1.payload);
  if (!claims.ok) return { ok: false, reason: 'malformed', detail: `presentation: ${claims.detail}` };
  return { ...licence, presentation: { claims: claims.value, sealed: outer.sign1 } };
}

function parsedLicence(sealed: Sign1): ParsedCode {
  const embeds = sealed.header.has(HEADER.kcwt) || sealed.header.has(HEADER.delegation);
  if (embeds) return unsupported('a licence embeds nothing');
  const claims = parseLicence(sealed.payload);
  if (!claims.ok) return { ok: false, reason: 'malformed', detail: `licence: ${claims.detail}` };
  return { ok: true, claims: claims.value, sealed };
}

function unsupported(detail: string): ParsedCode {
  return { ok: false, reason: 'unsupported', detail };
}

/** Keys of this kid that may sign this kind and were in their time when it was signed; else why there is none. */
function admittedKeys(
  issuer: Issuer,
  kid: Uint8Array,
  licence: Licence,
  now: number,
): readonly IssuerKey[] | string {
  const ofKid = issuer.keys.filter((key) => Buffer.compare(key.kid, kid) === 0);
  if (ofKid.length === 0) return 'the issuer has no key of this kid';
  const ofUse = ofKid.filter((key) => key.uses.includes('licence'));
  if (ofUse.length === 0) return 'the key is not admitted for licences';
  const ofKind = ofUse.filter((key) => key.kinds.includes(licence.kind));
  if (ofKind.length === 0) return 'the key is not admitted for this kind';
  const inTime = ofKind.filter((key) => key.nbf <= licence.iat && licence.iat <= key.exp && key.nbf <= now);
  return inTime.length > 0 ? inTime : 'the key was not in its time';
}

function checkSignature(
  sign1: Sign1,
  keys: readonly IssuerKey[],
  verifier: SignatureVerifier,
): 'valid' | 'invalid' | 'disagreement' {
  let worst: 'invalid' | 'disagreement' = 'invalid';
  for (const key of keys) {
    const check = verifier.check(sign1.signature, sign1.signedBytes, key.x);
    if (check === 'valid') return 'valid';
    if (check === 'disagreement') worst = check;
  }
  return worst;
}

function staleness(list: StatusList, service: Service, now: number): string | undefined {
  if (now >= list.exp) return 'the status list is past its exp';
  const { maxStatusAgeSeconds } = service;
  if (maxStatusAgeSeconds !== undefined && now - list.iat > maxStatusAgeSeconds) {
    return 'the status list is older than the service allows';
  }
  return undefined;
}

type HolderCheck =
  | { readonly ok: true; readonly proof?: HolderProof }
  | { readonly ok: false; readonly reason: RejectedReason; readonly detail: string };

function checkHolder(
  licence: Licence,
  presentation: { readonly claims: Presentation; readonly sealed: Sign1 } | undefined,
  service: Service,
  context: VerifyContext,
  now: number,
): HolderCheck {
  const { holderKey } = licence;
  if (!presentation) {
    const bound = holderKey !== undefined || service.holderProof === 'required';
    return bound
      ? refuse('holder-proof-missing', 'a static code where a holder proof is needed')
      : { ok: true };
  }
  if (!holderKey)
    return refuse('holder-proof-invalid', 'a presentation of a licence that names no holder key');
  const { claims, sealed } = presentation;
  const signature = context.verifier.check(sealed.signature, sealed.signedBytes, holderKey);
  if (signature !== 'valid') return refuse('holder-proof-invalid', `presentation signature: ${signature}`);
  if (claims.aud !== undefined && claims.aud !== service.id) {
    return refuse('holder-proof-invalid', 'made for another service');
  }
  // this terminal asked for no nonce, so one was made for somebody else
  if (claims.cnonce !== undefined) return refuse('holder-proof-invalid', 'made for another challenge');
  const { freshnessSeconds } = service;
  if (claims.iat < now - freshnessSeconds) return refuse('code-expired', 'made too long ago');
  if (claims.iat > now + freshnessSeconds)
    return refuse('code-expired', 'made in the future: one clock is off');
  const hash = proofHash(holderKey, claims.cti);
  if (context.alreadyUsed(hash)) return refuse('code-replayed', 'accepted before');
  // by the longest freshness there is: another service of this terminal may allow more
  return { ok: true, proof: { hash, until: (claims.iat + MAX_FRESHNESS_SECONDS) * 1000 } };
}

function proofHash(holderKey: Uint8Array, cti: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(holderKey).update(cti).digest());
}

function refuse(reason: RejectedReason, detail: string): HolderCheck {
  return { ok: false, reason, detail };
}

interface Known {
  readonly licence: Verified<Licence>;
  readonly evidence: Evidence;
}

function rejected(reason: RejectedReason, detail: string, known?: Known): Verdict {
  return { outcome: 'rejected', reason, detail, ...known };
}

function undetermined(reason: UndeterminedReason, detail: string, known?: Known): Verdict {
  return { outcome: 'undetermined', reason, detail, ...known };
}
