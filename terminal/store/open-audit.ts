import { accessSync, constants, existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AuditCheck, headAfter, lastSeq } from './audit-check.ts';
import { allEpochs } from './audit-epochs.ts';
import { AuditLog, type AuditPosition } from './audit-log.ts';
import { AUDIT_MIGRATIONS } from './audit-schema.ts';
import type { DataFolder } from './data-folder.ts';
import { openDatabase } from './open-database.ts';
import { finishSetAside, type SetAsideWhy, setAside, whyOf } from './set-aside.ts';
import { codeOf, StoreUnavailable, storeFaultOf } from './store-fault.ts';
import type { StoreNews } from './store-news.ts';
import type { StoreRoom } from './store-room.ts';

export interface OpenAudit {
  readonly db: Database.Database;
  readonly log: AuditLog;
  /** The rest of the chain, still to be checked. */
  readonly check: AuditCheck;
  /** Of the file, to notice when another lies under its name. */
  readonly inode: number;
}

/** What is wrong with a store that can be read and written. */
export interface Breakage {
  readonly why: SetAsideWhy;
  readonly detail: string;
  /** The connection that still has the rows of a file that was taken away. */
  readonly live?: Database.Database;
}

export interface OpenAuditOptions {
  readonly folder: DataFolder;
  readonly terminalId: Uint8Array;
  readonly room: StoreRoom;
  /** How far the log was written, as the witness has it. */
  readonly witnessed: AuditPosition | undefined;
  /** Takes what is found, also when opening fails after it. */
  readonly news: StoreNews[];
}

/**
 * Opens `audit.db`, checked: structure, where its chains start, its newest rows, and that no row the witness knows of is
 * missing. A broken one is set aside and a new one begun with what could be salvaged.
 *
 * @throws the store's or the system's error where it can't be read or written.
 */
export function openAudit(options: OpenAuditOptions): OpenAudit {
  const { folder, news } = options;
  news.push(...interruptedNews(folder));
  let opened = openWhole(options);
  if ('broken' in opened) {
    replaceBroken(options, opened.broken);
    opened = openWhole(options);
  }
  if ('broken' in opened) throw new StoreUnavailable('io-error', `a new file too: ${opened.broken.detail}`);
  noteMissing(opened.open, options);
  return opened.open;
}

/** Sets the store aside and puts a new one in its place, still to be opened. @throws as `setAside`. */
export function replaceBroken(
  { folder, terminalId, news }: Pick<OpenAuditOptions, 'folder' | 'terminalId' | 'news'>,
  { why, detail, live }: Breakage,
): void {
  const { to, rows, lost, dropped, undone } = setAside(folder, terminalId, why, live);
  const details = [detail, ...lost.map((what) => `lost: ${what}`), ...undone].join('; ');
  news.push({ name: 'set-aside', why, detail: details, to, salvagedRows: rows, dropped });
}

function openWhole({
  folder,
  terminalId,
  room,
}: OpenAuditOptions): { readonly open: OpenAudit } | { readonly broken: Breakage } {
  const size = statSync(folder.auditDb, { throwIfNoEntry: false })?.size;
  if (size === 0 && existsSync(`${folder.auditDb}-wal`)) {
    return { broken: { why: 'unreadable', detail: 'the file is empty, but its WAL is not' } };
  }
  // SQLite would open it for reading only and say so at the first row
  if (size !== undefined) accessSync(folder.auditDb, constants.R_OK | constants.W_OK);
  let db: Database.Database | undefined;
  try {
    db = openDatabase(folder.auditDb, AUDIT_MIGRATIONS);
    room.limit(db);
    const structure = String(db.pragma('quick_check(1)', { simple: true }));
    const check = new AuditCheck(db, terminalId);
    const broken = structure === 'ok' ? check.newest() : undefined;
    if (structure === 'ok' && broken === undefined) {
      const inode = statSync(folder.auditDb).ino;
      return { open: { db, log: new AuditLog(db, terminalId), check, inode } };
    }
    db.close();
    return broken === undefined
      ? { broken: { why: 'corrupt', detail: structure } }
      : { broken: { why: 'chain-broken', detail: broken } };
  } catch (error) {
    db?.close();
    if (!isBroken(error)) throw error;
    const why = codeOf(error).startsWith('SQLITE_CORRUPT') ? 'corrupt' : 'unreadable';
    return { broken: { why, detail: error.message } };
  }
}

/** A schema that isn't ours is as good as none. */
function isBroken(error: unknown): error is Error {
  if (!(error instanceof Database.SqliteError)) return false;
  return storeFaultOf(error) === 'broken' || error.code === 'SQLITE_ERROR';
}

/** A store that was being set aside when the power went. */
function interruptedNews(folder: DataFolder): StoreNews[] {
  const to = finishSetAside(folder);
  if (to === undefined) return [];
  const detail = 'found on its way aside at the start';
  return [
    { name: 'set-aside', why: whyOf(to), detail, to, salvagedRows: countRows(folder.auditDb), dropped: [] },
  ];
}

function countRows(path: string): number {
  if (!existsSync(path)) return 0;
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare<[], { rows: number }>('SELECT count(*) AS rows FROM row').get()?.rows ?? 0;
  } finally {
    db.close();
  }
}

/** Begins a new epoch where rows are missing, unless the last one is a new one without any. */
function noteMissing({ db, log }: OpenAudit, { witnessed, news }: OpenAuditOptions): void {
  const missing = witnessed && missingRows(db, witnessed);
  if (!missing) return;
  if (log.seq > 0 || Buffer.compare(log.epoch, witnessed.epoch) === 0) log.beginEpoch();
  news.push(missing);
}

/** @returns undefined when every row up to the witnessed one is here, or was pruned. */
function missingRows(db: Database.Database, { epoch, seq, head }: AuditPosition): StoreNews | undefined {
  const kept = allEpochs(db).find((candidate) => Buffer.compare(candidate.epoch, epoch) === 0);
  const last = kept ? lastSeq(db, kept) : 0;
  const name = `epoch ${Buffer.from(epoch).toString('hex')}`;
  const news = { name: 'rows-missing', by: 'witness', epoch, to: seq } as const;
  if (last < seq) return { ...news, from: last + 1, detail: `${name} ends at ${last}, not at ${seq}` };
  const here = kept && headAfter(db, kept, seq);
  if (!here || Buffer.compare(here, head) === 0) return undefined;
  return { ...news, from: seq, detail: `row ${seq} of ${name} is another one` };
}
