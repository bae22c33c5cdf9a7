/**
 * Steps that bring an empty `city.db` to today's schema; a release only ever adds to the end. Keys begin with the
 * terminal id wherever a row belongs to a terminal, so that the tables can be partitioned by it.
 */
export const SQLITE_STEPS: readonly string[] = [
  `CREATE TABLE change (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     kind TEXT NOT NULL CHECK (kind IN ('list', 'trust', 'report')), name TEXT NOT NULL, at INTEGER NOT NULL) STRICT;

   CREATE TABLE target (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
   CREATE TABLE trust_role (
     role TEXT PRIMARY KEY CHECK (role IN ('root', 'targets', 'snapshot', 'timestamp')),
     version INTEGER NOT NULL, signed_at INTEGER NOT NULL) STRICT;
   -- retired_at: when a newer file took its place; a terminal in the middle of an update may still ask for it
   CREATE TABLE trust_file (
     path TEXT PRIMARY KEY, bytes BLOB NOT NULL, etag TEXT NOT NULL, retired_at INTEGER) STRICT;

   CREATE TABLE issuer (
     iss TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
     list_entries INTEGER NOT NULL) STRICT;
   -- uses and kinds are JSON arrays of text
   CREATE TABLE issuer_key (
     iss TEXT NOT NULL REFERENCES issuer (iss), x BLOB NOT NULL, key_name TEXT NOT NULL,
     nbf INTEGER NOT NULL, exp INTEGER NOT NULL, uses TEXT NOT NULL, kinds TEXT NOT NULL,
     PRIMARY KEY (iss, x)) STRICT;
   CREATE TABLE status_list (
     uri TEXT PRIMARY KEY, iss TEXT NOT NULL REFERENCES issuer (iss), shard INTEGER NOT NULL,
     entries INTEGER NOT NULL, bits INTEGER NOT NULL, bitmap BLOB NOT NULL,
     iat INTEGER NOT NULL, token BLOB NOT NULL, UNIQUE (iss, shard)) STRICT;
   CREATE TABLE licence (
     cti BLOB PRIMARY KEY, iss TEXT NOT NULL REFERENCES issuer (iss), sub TEXT NOT NULL, kind TEXT NOT NULL,
     uri TEXT NOT NULL REFERENCES status_list (uri), idx INTEGER NOT NULL,
     iat INTEGER NOT NULL, exp INTEGER NOT NULL, bytes BLOB NOT NULL, revoked_at INTEGER,
     UNIQUE (uri, idx)) STRICT;
   CREATE INDEX licence_sub ON licence (sub);

   CREATE TABLE terminal (
     id BLOB PRIMARY KEY, public_key BLOB NOT NULL, name TEXT NOT NULL, enrolled_at INTEGER NOT NULL,
     forked_at INTEGER, reported_at INTEGER, report TEXT) STRICT;
   CREATE TABLE enrolment_code (
     secret_hash BLOB PRIMARY KEY, expires_at INTEGER NOT NULL, terminal_id BLOB) STRICT;
   CREATE TABLE request (
     terminal_id BLOB NOT NULL, id BLOB NOT NULL, until INTEGER NOT NULL,
     PRIMARY KEY (terminal_id, id)) STRICT, WITHOUT ROWID;
   CREATE INDEX request_until ON request (until);

   CREATE TABLE audit_epoch (
     terminal_id BLOB NOT NULL, epoch BLOB NOT NULL, seq INTEGER NOT NULL, head BLOB NOT NULL,
     opened_at INTEGER NOT NULL, PRIMARY KEY (terminal_id, epoch)) STRICT;
   CREATE TABLE audit_row (
     terminal_id BLOB NOT NULL, epoch BLOB NOT NULL, seq INTEGER NOT NULL,
     bytes BLOB NOT NULL, head BLOB NOT NULL, received_at INTEGER NOT NULL,
     PRIMARY KEY (terminal_id, epoch, seq)) STRICT, WITHOUT ROWID;
   -- rows a terminal sent under numbers the city already holds with another hash, and those that follow them
   CREATE TABLE audit_fork (
     terminal_id BLOB NOT NULL, epoch BLOB NOT NULL, seq INTEGER NOT NULL, head BLOB NOT NULL,
     bytes BLOB NOT NULL, received_at INTEGER NOT NULL,
     PRIMARY KEY (terminal_id, epoch, seq, head)) STRICT, WITHOUT ROWID;`,

  // list_bits: of the lists an issuer opens from now on; those it has keep theirs
  `ALTER TABLE issuer ADD COLUMN list_bits INTEGER NOT NULL DEFAULT 1 CHECK (list_bits IN (1, 2));
   ALTER TABLE licence ADD COLUMN suspended_at INTEGER;
   -- finds the few licences of a kind that leave too little room for a delegation
   CREATE INDEX licence_size ON licence (kind, length(bytes));
   -- sub: the delegate; scope is JSON, ctis in hex
   CREATE TABLE delegation (
     cti BLOB PRIMARY KEY, iss TEXT NOT NULL REFERENCES issuer (iss), sub TEXT NOT NULL, principal TEXT NOT NULL,
     scope TEXT NOT NULL, uri TEXT NOT NULL REFERENCES status_list (uri), idx INTEGER NOT NULL,
     iat INTEGER NOT NULL, exp INTEGER NOT NULL, bytes BLOB NOT NULL,
     revoked_at INTEGER, suspended_at INTEGER, UNIQUE (uri, idx)) STRICT;
   CREATE INDEX delegation_sub ON delegation (sub);`,

  // holder_code: what a look-up by number goes by; null in what was issued before, which is found by no number
  `ALTER TABLE licence ADD COLUMN holder_code TEXT;
   CREATE INDEX licence_holder ON licence (holder_code, kind);
   -- own: the operator has put it there, so no release puts its default in its place
   ALTER TABLE target ADD COLUMN own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1));`,
];
