import type { Migrations } from './open-database.ts';

/** `audit.db`: only the terminal writes it (log, replay memory, pinned trust); the agent reads rows to push. */
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
];
