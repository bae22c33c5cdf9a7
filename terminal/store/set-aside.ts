import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { beginEpoch } from './audit-epochs.ts';
import { AUDIT_MIGRATIONS } from './audit-schema.ts';
import type { DataFolder } from './data-folder.ts';
import { openDatabase } from './open-database.ts';
import { type Salvaged, salvage } from './salvage.ts';
import { storeFaultOf } from './store-fault.ts';
import { syncFolder } from './sync-folder.ts';

export const SET_ASIDE_WHYS = ['unreadable', 'corrupt', 'chain-broken', 'replaced'] as const;
export type SetAsideWhy = (typeof SET_ASIDE_WHYS)[number];

/** Broken stores kept at most; each may be as big as the store's limit. */
export const MAX_SET_ASIDE = 3;

export interface SetAside extends Salvaged {
  /** The folder the broken files are in now. */
  readonly to: string;
  /** Older folders that had to go, so that no disk fills with them. */
  readonly dropped: readonly string[];
  /** What failed once the new file was in its place, in words: it is in service all the same. */
  readonly undone: readonly string[];
}

/**
 * Puts in the place of a broken `audit.db` a new one with everything that could be salvaged and a new epoch, and moves
 * the broken one aside. The new file is whole and synced under another name before the broken one moves, so that a power
 * cut at any instant leaves either the broken store or what `finishSetAside` completes.
 *
 * @param live the connection that still has the rows, where the file itself was taken away from under it. It is closed
 *   before anything moves.
 * @throws the store's or the system's error; what was broken is then still where it was, or completed at the next open.
 *   Never once the new file is in its place: whoever tried again would set that one aside.
 */
export function setAside(
  folder: DataFolder,
  terminalId: Uint8Array,
  why: SetAsideWhy,
  live?: Database.Database,
): SetAside {
  const made = newPath(folder);
  let salvaged: Salvaged;
  let aside: string;
  try {
    salvaged = makeNew(made, folder, terminalId, live);
    aside = makeFolder(folder, why);
  } catch (error) {
    removeDatabase(made); // on a full disk above all
    throw error;
  }
  renameSync(made, nextPath(folder));
  syncFolder(folder.root);
  live?.close();
  moveInto(folder, aside);
  renameSync(nextPath(folder), folder.auditDb);
  const undone: string[] = [];
  orUndone(undone, 'not synced', () => syncFolder(folder.root));
  return { ...salvaged, to: aside, dropped: dropSmallest(folder, aside, undone), undone };
}

/**
 * Completes what a power cut interrupted, before the store is opened. @returns the folder of the broken store, where one
 * was on its way there.
 */
export function finishSetAside(folder: DataFolder): string | undefined {
  removeDatabase(newPath(folder));
  if (existsSync(folder.auditDb)) {
    removeDatabase(nextPath(folder)); // the broken one hadn't moved yet: it will be found broken again
    return undefined;
  }
  const begun = existsSync(nextPath(folder));
  // a WAL whose database was deleted: SQLite would remove it unread
  const orphaned = existsSync(`${folder.auditDb}-wal`);
  if (!begun && !orphaned) return undefined;
  const newest = begun ? newestOf(folder.setAside) : undefined;
  const aside = newest ?? makeFolder(folder, 'unreadable');
  moveInto(folder, aside);
  if (begun) {
    renameSync(nextPath(folder), folder.auditDb);
    syncFolder(folder.root);
  }
  return aside;
}

/** Why a store was set aside, from its folder's name. */
export function whyOf(aside: string): SetAsideWhy {
  return SET_ASIDE_WHYS.find((why) => basename(aside).endsWith(`-${why}`)) ?? 'unreadable';
}

/** Writes the new file with what can be salvaged. One that stops the salvage altogether is kept aside as it is. */
function makeNew(
  made: string,
  folder: DataFolder,
  terminalId: Uint8Array,
  live: Database.Database | undefined,
): Salvaged {
  try {
    return writeNew(made, terminalId, (to) =>
      live ? salvage(live, to, terminalId) : salvageFile(folder.auditDb, to, terminalId),
    );
  } catch (error) {
    // of a full or failing disk the rows may yet be had
    if (!(error instanceof Error) || storeFaultOf(error) !== undefined) throw error;
    return writeNew(made, terminalId, () => ({ rows: 0, lost: [`everything (${error.message})`] }));
  }
}

function writeNew(made: string, terminalId: Uint8Array, fill: (to: Database.Database) => Salvaged): Salvaged {
  removeDatabase(made);
  const to = openDatabase(made, AUDIT_MIGRATIONS);
  try {
    const salvaged = fill(to);
    beginEpoch(to, terminalId);
    return salvaged;
  } finally {
    to.close();
  }
}

/** Opened for reading only, so that the broken file stays as it was found. */
function salvageFile(path: string, to: Database.Database, terminalId: Uint8Array): Salvaged {
  // SQLite would remove the WAL of an empty file unread
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size === 0) return { rows: 0, lost: ['everything (the file is empty)'] };
  let from: Database.Database | undefined;
  try {
    from = new Database(path, { readonly: true, fileMustExist: true });
    return salvage(from, to, terminalId);
  } catch (error) {
    if (storeFaultOf(error) !== 'broken' || !(error instanceof Error)) throw error;
    return { rows: 0, lost: [`everything (${error.message})`] };
  } finally {
    from?.close();
  }
}

const PARTS = ['', '-wal', '-shm'];

/** The database first: a database without its WAL would pass for a whole one, a WAL without its database can't. */
function moveInto(folder: DataFolder, aside: string): void {
  for (const part of PARTS) {
    const from = `${folder.auditDb}${part}`;
    if (existsSync(from)) renameSync(from, join(aside, `${basename(folder.auditDb)}${part}`));
  }
  syncFolder(aside);
  syncFolder(folder.root);
}

function makeFolder(folder: DataFolder, why: SetAsideWhy): string {
  const utc = new Date().toISOString().replace(/[:.]/g, '-');
  const aside = join(folder.setAside, `${utc}-${why}`);
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  syncFolder(folder.setAside);
  return aside;
}

/**
 * The smallest goes first: a disk that breaks one new file after the other must not push out the store that had the rows.
 */
function dropSmallest(folder: DataFolder, kept: string, undone: string[]): string[] {
  const dropped: string[] = [];
  orUndone(undone, 'not looked through', () => {
    const others = foldersIn(folder.setAside)
      .filter((path) => path !== kept)
      .map((path) => ({ path, bytes: bytesOf(path) }))
      .sort((a, b) => a.bytes - b.bytes);
    for (const { path } of others.slice(0, Math.max(0, others.length + 1 - MAX_SET_ASIDE))) {
      orUndone(undone, 'not removed', () => {
        rmSync(path, { recursive: true });
        dropped.push(path);
      });
    }
  });
  return dropped;
}

function orUndone(undone: string[], what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    undone.push(`${what}: ${error.message}`);
  }
}

function newestOf(path: string): string | undefined {
  return foldersIn(path).at(-1);
}

/** Oldest first: names begin with the time. What else operators keep there is none of ours. */
function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && FOLDER_NAME.test(entry.name))
    .map(({ name }) => join(path, name))
    .sort();
}

const FOLDER_NAME = new RegExp(`^\\d{4}-.*Z-(${SET_ASIDE_WHYS.join('|')})$`);

function bytesOf(path: string): number {
  return readdirSync(path).reduce((sum, name) => sum + lstatSync(join(path, name)).size, 0);
}

function newPath({ auditDb }: DataFolder): string {
  return `${auditDb}.new`;
}

function nextPath({ auditDb }: DataFolder): string {
  return `${auditDb}.next`;
}

function removeDatabase(path: string): void {
  for (const part of PARTS) rmSync(`${path}${part}`, { force: true });
}
