import type { AuditEpoch, AuditReader } from '../../store/audit-reader.ts';
import type { Watermark } from '../../store/sync-store.ts';

/** How an epoch of this store stands to what the city durably has of it. */
export type CityComparison =
  | { readonly holds: 'none' }
  | { readonly holds: 'rows'; readonly seq: number }
  /** The city's rows under these numbers are others: this disk was copied or put back. */
  | { readonly holds: 'other-rows'; readonly seq: number }
  /** The city has rows that this store lost. */
  | { readonly holds: 'more-rows'; readonly seq: number }
  /** Rows up to `removed` are gone as if they had been pruned, which only rows are that the city has. */
  | { readonly holds: 'fewer-than-removed'; readonly seq: number; readonly removed: number };

/** Compares by the city's watermark: how far it has the epoch, and the chain head there. */
export function compareWithCity(
  reader: AuditReader,
  { epoch, lastSeq, prunedSeq }: AuditEpoch,
  watermark: Watermark | undefined,
): CityComparison {
  const delivered = watermark?.seq ?? 0;
  if (prunedSeq > delivered) return { holds: 'fewer-than-removed', seq: delivered, removed: prunedSeq };
  if (!watermark) return { holds: 'none' };
  const { seq, head, forked } = watermark;
  if (seq > lastSeq) return { holds: 'more-rows', seq };
  const here = reader.headAt(epoch, seq);
  // a row that was pruned since has no head here to compare with
  const differs = here !== undefined && Buffer.compare(here, head) !== 0;
  return { holds: forked || differs ? 'other-rows' : 'rows', seq };
}
