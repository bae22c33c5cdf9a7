import type Database from 'better-sqlite3';
import type { TrustVersions } from '../../licence/trust/tuf.ts';
import type { AuditStore } from './audit-store.ts';

/** The root this terminal trusts, and below which versions it won't go back. */
export interface PinnedTrust {
  readonly root: Uint8Array;
  readonly versions: TrustVersions;
}

/**
 * Remembers in the terminal's own store what it came to trust, so that whoever can write the agent's store can't bring
 * another root or an older set.
 */
export class TrustPin {
  readonly #store: Pick<AuditStore, 'run'>;

  constructor(store: Pick<AuditStore, 'run'>) {
    this.#store = store;
  }

  /** undefined before the first. @throws StoreUnavailable */
  read(): PinnedTrust | undefined {
    return this.#store.run(readTrustPin);
  }

  /** On disk when it returns. @throws StoreUnavailable */
  save({ root, versions }: PinnedTrust): void {
    this.#store.run((db) =>
      db
        .prepare(`INSERT OR REPLACE INTO trust_pin (id, root, root_version, timestamp, snapshot, targets)
           VALUES (1, ?, ?, ?, ?, ?)`)
        .run(root, versions.root, versions.timestamp, versions.snapshot, versions.targets),
    );
  }
}

/** What is pinned in a terminal's store, also for those who may only read it. */
export function readTrustPin(db: Database.Database): PinnedTrust | undefined {
  const row = db
    .prepare<[], { root: Uint8Array; rootVersion: number } & Omit<TrustVersions, 'root'>>(
      'SELECT root, root_version AS rootVersion, timestamp, snapshot, targets FROM trust_pin',
    )
    .get();
  if (!row) return undefined;
  const { root, rootVersion, ...versions } = row;
  return { root: new Uint8Array(root), versions: { root: rootVersion, ...versions } };
}
