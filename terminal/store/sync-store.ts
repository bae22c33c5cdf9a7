import type Database from 'better-sqlite3';
import type { SignedTime } from '../../licence/best-time.ts';
import type { TrustFiles } from '../../licence/trust/tuf.ts';
import { type Migrations, openDatabase, openReader } from './open-database.ts';

/** `sync.db`: what the agent has from the city. Only the agent writes it; the terminal reads it. */
const MIGRATIONS: Migrations = [
  `CREATE TABLE enrolment (
     id INTEGER PRIMARY KEY CHECK (id = 1), terminal_id BLOB NOT NULL, city TEXT NOT NULL) STRICT;
   CREATE TABLE trust (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     root BLOB NOT NULL, timestamp BLOB NOT NULL, snapshot BLOB NOT NULL, targets BLOB NOT NULL) STRICT;
   CREATE TABLE first_root (id INTEGER PRIMARY KEY CHECK (id = 1), root BLOB NOT NULL) STRICT;
   CREATE TABLE root_chain (version INTEGER PRIMARY KEY, root BLOB NOT NULL) STRICT;
   CREATE TABLE trust_file (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
   CREATE TABLE status_list (
     revision INTEGER PRIMARY KEY AUTOINCREMENT,
     uri TEXT NOT NULL UNIQUE, iat INTEGER NOT NULL, token BLOB NOT NULL, etag TEXT) STRICT;
   CREATE TABLE clock (
     id INTEGER PRIMARY KEY CHECK (id = 1), offset_ms INTEGER NOT NULL, floor_ms INTEGER NOT NULL) STRICT;
   CREATE TABLE watermark (
     epoch BLOB PRIMARY KEY, seq INTEGER NOT NULL, head BLOB NOT NULL, forked INTEGER NOT NULL) STRICT;
   CREATE TABLE fork_progress (epoch BLOB PRIMARY KEY, sent INTEGER NOT NULL) STRICT;
   CREATE TABLE task (
     name TEXT PRIMARY KEY, ok_at INTEGER, failed_at INTEGER, failure TEXT) STRICT;`,
  // what the city signed the floor in, which the terminal opens itself
  'ALTER TABLE clock ADD COLUMN proof BLOB',
];

export interface Enrolment {
  readonly terminalId: Uint8Array;
  /** Base URL of the city's API, without a slash at the end. */
  readonly city: string;
}

export interface StoredStatusList {
  readonly uri: string;
  /** unix seconds */
  readonly iat: number;
  readonly token: Uint8Array;
  readonly etag: string | null;
}

export interface StatusListHead extends Pick<StoredStatusList, 'uri' | 'iat'> {
  /** Grows whenever a list is saved and never comes again, also where the iat stays. */
  readonly revision: number;
}

/** A root of the chain that leads from the first root to today's. */
export interface StoredRoot {
  readonly version: number;
  readonly bytes: Uint8Array;
}

export interface Watermark {
  readonly epoch: Uint8Array;
  /** The city durably holds rows up to this one. */
  readonly seq: number;
  readonly head: Uint8Array;
  readonly forked: boolean;
}

/** How one of the agent's tasks fares; times are unix ms of the system clock. */
export interface TaskState {
  readonly name: string;
  readonly okAt: number | null;
  readonly failedAt: number | null;
  /** Named cause of the last failure. */
  readonly failure: string | null;
}

/** The reading side, for the terminal. */
export class SyncReader {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** undefined while the agent hasn't made the store. */
  static open(path: string): SyncReader | undefined {
    const db = openReader(path, MIGRATIONS);
    return db && new SyncReader(db);
  }

  /** Changes whenever another process has committed. */
  dataVersion(): number {
    return Number(this.#db.pragma('data_version', { simple: true }));
  }

  enrolment(): Enrolment | undefined {
    return this.#db.prepare<[], Enrolment>('SELECT terminal_id AS terminalId, city FROM enrolment').get();
  }

  /** The root the enrolment code vouched for: what an agent without trust metadata yet starts from. */
  firstRoot(): Uint8Array | undefined {
    return this.#db.prepare<[], { root: Uint8Array }>('SELECT root FROM first_root').get()?.root;
  }

  /** The root that follows `version`; undefined when the agent has walked no further. Still to be checked with `nextRoot`. */
  rootAfter(version: number): Uint8Array | undefined {
    return this.#db
      .prepare<[number], { root: Uint8Array }>('SELECT root FROM root_chain WHERE version = ?')
      .get(version + 1)?.root;
  }

  /** A consistent set, written in one transaction; still to be opened with `openTrust`. */
  trustFiles(): TrustFiles | undefined {
    return this.#db.transaction(() => {
      const metadata = this.#db
        .prepare<[], Omit<TrustFiles, 'files'>>('SELECT root, timestamp, snapshot, targets FROM trust')
        .get();
      if (!metadata) return undefined;
      const rows = this.#db
        .prepare<[], { name: string; bytes: Uint8Array }>('SELECT name, bytes FROM trust_file')
        .all();
      return { ...metadata, files: new Map(rows.map(({ name, bytes }) => [name, bytes])) };
    })();
  }

  /** Root and timestamp: one of them changes with every change of the set, so they tell whether to read it again. */
  trustStamp(): Uint8Array | undefined {
    const row = this.#db
      .prepare<[], { root: Uint8Array; timestamp: Uint8Array }>('SELECT root, timestamp FROM trust')
      .get();
    return row && new Uint8Array(Buffer.concat([row.root, row.timestamp]));
  }

  /** Which lists are held; every token of a list has a revision of its own. */
  statusListHeads(): StatusListHead[] {
    return this.#db.prepare<[], StatusListHead>('SELECT uri, iat, revision FROM status_list').all();
  }

  statusListToken(uri: string): Uint8Array | undefined {
    return this.#db
      .prepare<[string], { token: Uint8Array }>('SELECT token FROM status_list WHERE uri = ?')
      .get(uri)?.token;
  }

  statusLists(): StoredStatusList[] {
    return this.#db.prepare<[], StoredStatusList>('SELECT uri, iat, token, etag FROM status_list').all();
  }

  signedTime(): SignedTime | undefined {
    return this.#db
      .prepare<[], SignedTime>('SELECT offset_ms AS offsetMs, floor_ms AS floorMs FROM clock')
      .get();
  }

  /** What the city signed the floor in; undefined where it never did, or an older release wrote it down. */
  timeProof(): Uint8Array | undefined {
    const row = this.#db.prepare<[], { proof: Uint8Array | null }>('SELECT proof FROM clock').get();
    return row?.proof ?? undefined;
  }

  watermark(epoch: Uint8Array): Watermark | undefined {
    const row = this.#db
      .prepare<[Uint8Array], Omit<Watermark, 'forked'> & { forked: number }>(
        'SELECT epoch, seq, head, forked FROM watermark WHERE epoch = ?',
      )
      .get(epoch);
    return row && { ...row, forked: row.forked !== 0 };
  }

  /** Of every epoch the city ever had a row of. */
  watermarks(): Watermark[] {
    return this.#db
      .prepare<[], Omit<Watermark, 'forked'> & { forked: number }>(
        'SELECT epoch, seq, head, forked FROM watermark ORDER BY rowid',
      )
      .all()
      .map((row) => ({ ...row, forked: row.forked !== 0 }));
  }

  /** Up to which row a forked epoch was shown to the city, 0 before the first. */
  forkSent(epoch: Uint8Array): number {
    return (
      this.#db
        .prepare<[Uint8Array], { sent: number }>('SELECT sent FROM fork_progress WHERE epoch = ?')
        .get(epoch)?.sent ?? 0
    );
  }

  tasks(): TaskState[] {
    return this.#db
      .prepare<[], TaskState>(
        'SELECT name, ok_at AS okAt, failed_at AS failedAt, failure FROM task ORDER BY name',
      )
      .all();
  }

  close(): void {
    this.#db.close();
  }
}

/** The writing side, for the agent alone. Each method is one transaction. */
export class SyncStore extends SyncReader {
  readonly #db: Database.Database;

  constructor(path: string) {
    const db = openDatabase(path, MIGRATIONS);
    super(db);
    this.#db = db;
  }

  /** @param version of the first root; a city hands out its very first. */
  saveEnrolment(enrolment: Enrolment, firstRoot: Uint8Array, version = 1): void {
    this.#db.transaction(() => {
      this.#db
        .prepare('INSERT OR REPLACE INTO enrolment VALUES (1, ?, ?)')
        .run(enrolment.terminalId, enrolment.city);
      this.#db.prepare('INSERT OR REPLACE INTO first_root VALUES (1, ?)').run(firstRoot);
      this.#saveRoots([{ version, bytes: firstRoot }]);
    })();
  }

  /** The city answers at another address now; the terminal, which asks it for look-ups, learns of it here. */
  moveCity(city: string): void {
    this.#db.prepare('UPDATE enrolment SET city = ? WHERE city <> ?').run(city, city);
  }

  /** @param walked the roots followed from the last set's root (or the first root) to this set's. */
  saveTrust(files: TrustFiles, walked: readonly StoredRoot[] = []): void {
    this.#db.transaction(() => {
      this.#db
        .prepare('INSERT OR REPLACE INTO trust VALUES (1, ?, ?, ?, ?)')
        .run(files.root, files.timestamp, files.snapshot, files.targets);
      this.#db.prepare('DELETE FROM trust_file').run();
      const insert = this.#db.prepare('INSERT INTO trust_file VALUES (?, ?)');
      for (const [name, bytes] of files.files) insert.run(name, bytes);
      this.#saveRoots(walked);
    })();
  }

  #saveRoots(roots: readonly StoredRoot[]): void {
    const insert = this.#db.prepare('INSERT OR REPLACE INTO root_chain VALUES (?, ?)');
    for (const { version, bytes } of roots) insert.run(version, bytes);
  }

  saveStatusList(list: StoredStatusList): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO status_list (uri, iat, token, etag) VALUES (?, ?, ?, ?)')
      .run(list.uri, list.iat, list.token, list.etag);
  }

  /** Lists no admitted issuer owns any more. */
  dropStatusLists(uris: readonly string[]): void {
    const drop = this.#db.prepare('DELETE FROM status_list WHERE uri = ?');
    this.#db.transaction(() => {
      for (const uri of uris) drop.run(uri);
    })();
  }

  /** The floor never falls. @param proof the object the city signed it in: a terminal believes no floor without. */
  saveSignedTime(time: SignedTime, proof: Uint8Array): void {
    this.#db
      .prepare(
        `INSERT INTO clock VALUES (1, @offsetMs, @floorMs, @proof)
         ON CONFLICT (id) DO UPDATE SET offset_ms = @offsetMs,
           proof = iif(@floorMs > floor_ms OR proof IS NULL, @proof, proof),
           floor_ms = iif(proof IS NULL, @floorMs, max(floor_ms, @floorMs))`,
      )
      .run({ offsetMs: Math.round(time.offsetMs), floorMs: Math.round(time.floorMs), proof });
  }

  saveWatermark(watermark: Watermark): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO watermark VALUES (?, ?, ?, ?)')
      .run(watermark.epoch, watermark.seq, watermark.head, watermark.forked ? 1 : 0);
  }

  saveForkSent(epoch: Uint8Array, seq: number): void {
    this.#db.prepare('INSERT OR REPLACE INTO fork_progress VALUES (?, ?)').run(epoch, seq);
  }

  taskSucceeded(name: string, at: number): void {
    this.#db
      .prepare(
        'INSERT INTO task (name, ok_at) VALUES (@name, @at) ON CONFLICT (name) DO UPDATE SET ok_at = @at',
      )
      .run({ name, at });
  }

  taskFailed(name: string, at: number, failure: string): void {
    this.#db
      .prepare(
        `INSERT INTO task (name, failed_at, failure) VALUES (@name, @at, @failure)
         ON CONFLICT (name) DO UPDATE SET failed_at = @at, failure = @failure`,
      )
      .run({ name, at, failure });
  }
}
