import { Metadata, MetadataKind } from '@tufjs/models';
import type { TrustVersions } from './tuf.ts';

/**
 * Version floors after a walk from one root to another. Where the keys of timestamp or snapshot were rotated, the
 * floors below the root are given up (TUF specification §5.3.11): otherwise whoever had stolen an online key could
 * sign a version so high that no honest one would ever be taken again.
 *
 * @param held and `next`: root files that have already been checked.
 */
export function floorsAfter(held: Uint8Array, next: Uint8Array, floors: TrustVersions): TrustVersions {
  const before = rolesOf(held);
  const after = rolesOf(next);
  const rotated = (['timestamp', 'snapshot'] as const).some((role) => before(role) !== after(role));
  return rotated ? { root: floors.root, timestamp: 0, snapshot: 0, targets: 0 } : floors;
}

function rolesOf(bytes: Uint8Array): (role: 'timestamp' | 'snapshot') => string {
  const root = Metadata.fromJSON(MetadataKind.Root, JSON.parse(Buffer.from(bytes).toString('utf8')));
  return (role) => [...(root.signed.roles[role]?.keyIDs ?? [])].sort().join();
}
