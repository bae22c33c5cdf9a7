import { parseCode } from '../../../licence/checks/parse-code.ts';
import { readCode } from '../../../licence/code-text.ts';
import {
  type IdentifierWarning,
  identifierWarnings,
} from '../../../licence/identifier/identifier-warnings.ts';
import type { Catalogue, Service } from '../../../licence/trust/catalogue.ts';
import type { Issuer } from '../../../licence/trust/issuers.ts';
import type { Alarm, Outcome, Reason, Verdict } from '../../../licence/verdict.ts';
import type { ShownField } from '../../contract.ts';
import { masked } from '../../core/masking.ts';
import { shownLicence } from '../../core/shown-licence.ts';
import { forLooking } from '../../core/view-verdict.ts';

/**
 * A verdict as one line of JSON tells it. Nothing personal is in it but what the catalogue masks, and nothing of a code
 * whose signature did not hold.
 */
export interface VerifyAnswer {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly detail?: string;
  readonly kind?: string;
  readonly issuer?: string;
  /** Of a licence that was not accepted, the holder alone. */
  readonly fields?: readonly ShownField[];
  /** Negative for what lies ahead. */
  readonly ages: {
    /** Since the phone made the code; where its proof was checked. */
    readonly codeSeconds?: number;
    /** Since the status list was signed. */
    readonly statusSeconds?: number;
    readonly licenceDaysLeft?: number;
  };
  /** `delegate` is masked. */
  readonly delegation?: {
    readonly issuer: string;
    readonly delegate: string;
    readonly daysLeft: number;
  };
  readonly warnings?: readonly IdentifierWarning[];
  readonly alarm?: Alarm;
}

export interface Judged {
  readonly verdict: Verdict;
  readonly code: Uint8Array;
  readonly service: Service;
  readonly catalogue: Catalogue | undefined;
  readonly issuers: readonly Issuer[];
  /** unix seconds */
  readonly now: number;
}

export function verifyAnswer(judged: Judged): VerifyAnswer {
  const { verdict, service, catalogue, issuers } = judged;
  const { outcome, reason, licence } = verdict;
  const shown = catalogue && shownLicence(verdict, service, { catalogue, issuers });
  const fields = outcome === 'accepted' ? shown?.fields : shown?.holder;
  const warnings = licence ? identifierWarnings(licence) : [];
  return {
    outcome,
    reason,
    ...('detail' in verdict ? { detail: verdict.detail } : {}),
    ...(licence ? { kind: licence.kind, issuer: licence.iss } : {}),
    ...(fields ? { fields: forLooking(fields) } : {}),
    ages: agesOf(judged),
    ...delegationOf(judged),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...('alarm' in verdict && verdict.alarm ? { alarm: verdict.alarm } : {}),
  };
}

const DAY_SECONDS = 86_400;

function agesOf({ verdict, code, now }: Judged): VerifyAnswer['ages'] {
  const { licence, evidence } = verdict;
  const presentedAt = PROOF_CHECKED.some((reason) => reason === verdict.reason)
    ? presentationIat(code, verdict.outcome === 'accepted')
    : undefined;
  const statusIat = evidence?.statusIat;
  return {
    ...(presentedAt === undefined ? {} : { codeSeconds: Math.round(now - presentedAt) }),
    ...(statusIat === undefined ? {} : { statusSeconds: Math.round(now - statusIat) }),
    ...(licence ? { licenceDaysLeft: Math.floor((licence.exp - now) / DAY_SECONDS) } : {}),
  };
}

/** Reasons that are given only when the presentation's signature held: a clock that is off shows in the code's age. */
const PROOF_CHECKED: readonly Reason[] = ['accepted', 'code-expired', 'code-replayed'];

/** @param accepted until then a delegation, whose key signed the presentation, is anybody's. */
function presentationIat(code: Uint8Array, accepted: boolean): number | undefined {
  const read = readCode(code);
  const parsed = read.ok ? parseCode(read.bytes) : undefined;
  if (!parsed?.ok || (parsed.parts.delegation && !accepted)) return undefined;
  return parsed.parts.presentation?.claims.iat;
}

function delegationOf({ verdict, now }: Judged): Pick<VerifyAnswer, 'delegation'> {
  const delegation = verdict.outcome === 'accepted' ? verdict.delegation : undefined;
  if (!delegation) return {};
  const { iss, sub, exp } = delegation;
  const daysLeft = Math.floor((exp - now) / DAY_SECONDS);
  return { delegation: { issuer: iss, delegate: masked(sub, 'identifier') ?? '', daysLeft } };
}
