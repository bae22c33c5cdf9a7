import type { Migrations } from './open-database.ts';

/**
 * `audit.db`: only the terminal writes it (log, replay memory, pinned trust, staff, health); the agent reads the rows it
 * pushes and the health it reports.
 */
export const AUDIT_MIGRATIONS: Migrations = [
  `CREATE TABLE epoch (
     n INTEGER PRIMARY KEY, epoch BLOB NOT NULL UNIQUE,
     -- rows up to here were pruned after the city had them; their chain goes on from this head
     pruned_seq INTEGER NOT NULL DEFAULT 0, pruned_head BLOB NOT NULL) STRICT;
   CREATE TABLE row (
     epoch_n INTEGER NOT NULL REFERENCES epoch (n), seq INTEGER NOT NULL,
     unix_ms INTEGER NOT NULL, bytes BLOB NOT NULL, head BLOB NOT NULL,
     PRIMARY KEY (epoch_n, seq)) STRICT, WITHOUT ROWID;
   CREATE TABLE used_proof (hash BLOB PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE INDEX used_proof_until ON used_proof (until);
   CREATE TABLE trust_pin (
     id INTEGER PRIMARY KEY CHECK (id = 1), root BLOB NOT NULL, root_version INTEGER NOT NULL,
     timestamp INTEGER NOT NULL, snapshot INTEGER NOT NULL, targets INTEGER NOT NULL) STRICT;`,
  `-- at unix_ms, a time the city had signed, the city had the rows up to seq
   CREATE TABLE acknowledged (
     epoch_n INTEGER NOT NULL REFERENCES epoch (n), seq INTEGER NOT NULL, unix_ms INTEGER NOT NULL,
     PRIMARY KEY (epoch_n, seq)) STRICT, WITHOUT ROWID;
   -- pin and badge are hashes that say themselves how they were made
   CREATE TABLE staff (
     id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, pin BLOB NOT NULL, badge BLOB,
     failures INTEGER NOT NULL DEFAULT 0, locked_until INTEGER NOT NULL DEFAULT 0,
     created_at INTEGER NOT NULL) STRICT;
   CREATE TABLE health (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL, json TEXT NOT NULL) STRICT;`,
];
