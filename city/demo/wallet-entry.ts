import { createHash } from 'node:crypto';
import type { ShownCondition } from './condition.ts';
import { type LicencePeriod, stillShows } from './licence-period.ts';
import type { WalletEntry } from './wallet-file.ts';

/** What was just signed. */
export interface Made {
  /** COSE bytes */
  readonly code: Uint8Array;
  readonly cti: Uint8Array;
}

/** Digest of what an entry is ordered to say: when that changes in a release, it is issued anew. */
export function contentDigest(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

/** Whether an entry made earlier still says what it should and goes on doing so for a while. @param now unix seconds. */
export function stillGood(
  kept: WalletEntry | undefined,
  wanted: { readonly condition: ShownCondition; readonly content: string },
  now: number,
): kept is WalletEntry {
  return kept !== undefined && kept.content === wanted.content && stillShows(wanted.condition, kept, now);
}

export function toEntry({ code, cti }: Made, { nbf, exp }: LicencePeriod, content: string): WalletEntry {
  return {
    code: Buffer.from(code).toString('base64url'),
    cti: Buffer.from(cti).toString('hex'),
    nbf,
    exp,
    content,
  };
}

export function fromEntry({ code, cti, nbf, exp }: WalletEntry): {
  readonly code: Uint8Array;
  readonly cti: string;
  readonly period: LicencePeriod;
} {
  return { code: new Uint8Array(Buffer.from(code, 'base64url')), cti, period: { nbf, exp } };
}
