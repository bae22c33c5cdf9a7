import type { CborValue } from '../../licence/cbor/decode.ts';
import { encodeCbor } from '../../licence/cbor/encode.ts';
import { HEADER } from '../../licence/cose/sign1.ts';
import { CLAIM, type StatusReference } from '../../licence/cwt.ts';
import { identifierWarnings } from '../../licence/identifier/identifier-warnings.ts';
import type { ReferenceCode } from '../../licence/reference-code.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import type { Verdict } from '../../licence/verdict.ts';

/** The audit event of one verdict, before its personal part is sealed. */
export interface VerificationEvent {
  readonly name: 'verification';
  /** Readable at the city and in transit: nothing personal, nothing that says which licence. */
  readonly public: ReadonlyMap<string, CborValue>;
  /**
   * To be sealed: CWT labels sub 2, cti 7 and status 65535 of the licence and, under -65541, of the delegation it was
   * shown under, and which of its numbers are doubtful; absent when no licence was verified.
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
  const entries: [string, CborValue][] = [
    ['outcome', verdict.outcome],
    ['reason', verdict.reason],
    ['device', device],
    ['tookMs', Math.round(tookMs)],
    ['trust', trustVersion],
  ];
  if (service) entries.push(['service', service.id]);
  if (verdict.licence) entries.push(['kind', verdict.licence.kind]);
  if (verdict.evidence) entries.push(['issuer', verdict.evidence.issuer]);
  if (verdict.evidence?.statusIat !== undefined) entries.push(['statusIat', verdict.evidence.statusIat]);
  if (reference) entries.push(['reference', reference]);
  if (verdict.outcome === 'accepted' && verdict.delegation) {
    entries.push(['delegationIssuer', verdict.delegation.iss]);
  }
  if ('alarm' in verdict && verdict.alarm) entries.push(['alarm', verdict.alarm]);
  return { name: 'verification', public: new Map(entries), personal: personalPart(verdict) };
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
