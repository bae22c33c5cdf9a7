import type { CborValue } from '../../licence/cbor/decode.ts';
import { encodeCbor } from '../../licence/cbor/encode.ts';
import { HEADER } from '../../licence/cose/sign1.ts';
import { CLAIM, type StatusReference } from '../../licence/cwt.ts';
import { identifierWarnings } from '../../licence/identifier/identifier-warnings.ts';
import type { ReferenceCode } from '../../licence/reference-code.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import type { Verdict } from '../../licence/verdict.ts';
import type { AuditEventPublic } from '../audit-events.ts';

/** The audit event of one verdict, before its personal part is sealed. */
export interface VerificationEvent {
  /** Readable at the city and in transit: nothing personal, nothing that says which licence. */
  readonly public: AuditEventPublic<'verification'>;
  /**
   * To be sealed: CWT labels sub 2, cti 7 and status 65535 of the licence and, under -65541, of the delegation it was
   * shown under, and which of its numbers are doubtful; absent when no licence was verified, and where the service
   * keeps nothing.
   */
  readonly personal: Uint8Array | undefined;
}

export interface VerificationFacts {
  readonly verdict: Verdict;
  readonly service: Service | undefined;
  /** Scanner id. */
  readonly device: string;
  /** ms from the scan's last byte to the verdict. */
  readonly tookMs: number;
  /** Version of the trust targets used; 0 without any. */
  readonly trustVersion: number;
  /** The pattern of a reference code the city was asked about. */
  readonly reference?: ReferenceCode['pattern'];
}

export function verificationEvent(facts: VerificationFacts): VerificationEvent {
  const { verdict, service, device, tookMs, trustVersion, reference } = facts;
  const { evidence } = verdict;
  const delegation = verdict.outcome === 'accepted' ? verdict.delegation : undefined;
  return {
    public: {
      outcome: verdict.outcome,
      reason: verdict.reason,
      device,
      tookMs: Math.max(0, Math.round(tookMs)),
      trust: trustVersion,
      service: service?.id,
      kind: verdict.licence?.kind,
      issuer: evidence?.issuer,
      statusIat: evidence?.statusIat,
      reference,
      delegationIssuer: delegation?.iss,
      alarm: 'alarm' in verdict ? verdict.alarm : undefined,
    },
    personal: service?.keeps === 'nothing' ? undefined : personalPart(verdict),
  };
}

function personalPart(verdict: Verdict): Uint8Array | undefined {
  const { licence } = verdict;
  if (!licence) return undefined;
  const entries: [number | string, CborValue][] = [
    [CLAIM.sub, licence.sub],
    [CLAIM.cti, licence.cti],
    [CLAIM.status, statusOf(licence.status)],
  ];
  if (verdict.outcome === 'accepted' && verdict.delegation) {
    const { sub, cti, status } = verdict.delegation;
    const delegation = new Map<number, CborValue>([
      [CLAIM.sub, sub],
      [CLAIM.cti, cti],
      [CLAIM.status, statusOf(status)],
    ]);
    entries.push([HEADER.delegation, delegation]);
  }
  const doubtful = identifierWarnings(licence).map(({ what }) => what);
  if (doubtful.length > 0) entries.push(['doubtful', doubtful]);
  return encodeCbor(new Map(entries));
}

function statusOf({ idx, uri }: StatusReference): CborValue {
  return new Map<string, CborValue>([
    ['idx', idx],
    ['uri', uri],
  ]);
}
