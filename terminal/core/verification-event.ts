import type { CborValue } from '../../licence/cbor/decode.ts';
import { encodeCbor } from '../../licence/cbor/encode.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import type { Verdict } from '../../licence/verdict.ts';

/** The audit event of one verdict, before its personal part is sealed. */
export interface VerificationEvent {
  readonly name: 'verification';
  /** Readable at the city and in transit: nothing personal, nothing that says which licence. */
  readonly public: ReadonlyMap<string, CborValue>;
  /** To be sealed: CWT labels sub 2, cti 7 and the status list index; absent when no licence was verified. */
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
}

export function verificationEvent(facts: VerificationFacts): VerificationEvent {
  const { verdict, service, device, tookMs, trustVersion } = facts;
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
  return { name: 'verification', public: new Map(entries), personal: personalPart(verdict) };
}

function personalPart({ licence }: Verdict): Uint8Array | undefined {
  if (!licence) return undefined;
  return encodeCbor(
    new Map<number, CborValue>([
      [2, licence.sub],
      [7, licence.cti],
      [
        65535,
        new Map<string, CborValue>([
          ['idx', licence.status.idx],
          ['uri', licence.status.uri],
        ]),
      ],
    ]),
  );
}
