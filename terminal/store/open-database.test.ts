import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { type Migrations, openDatabase, openReader } from './open-database.ts';

const FIRST_RELEASE: Migrations = ['CREATE TABLE note (text TEXT NOT NULL) STRICT'];
const SECOND_RELEASE: Migrations = [...FIRST_RELEASE, 'ALTER TABLE note ADD COLUMN at INTEGER'];
/** PRAGMA synchronous: 2 is FULL. */
const FULL = 2;

test('every commit is synced to disk (synchronous=FULL) after the first open', () => {
  const db = open(newPath(), FIRST_RELEASE);
  expect(db.pragma('synchronous', { simple: true })).toBe(FULL);
});

test('every commit is synced to disk (synchronous=FULL) after every further open', () => {
  const path = newPath();
  for (let i = 0; i < 3; i++) {
    const db = openDatabase(path, FIRST_RELEASE);
    expect(db.pragma('synchronous', { simple: true })).toBe(FULL);
    db.close();
  }
});

test('a store is in WAL mode, so that reading never waits for writing', () => {
  const db = open(newPath(), FIRST_RELEASE);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
});

test('database, WAL and shared memory are readable by their owner only', () => {
  const path = newPath();
  open(path, FIRST_RELEASE).exec("INSERT INTO note VALUES ('x')");
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600]);
  }
});

test('a database that others may read is closed to them at the next open', () => {
  const path = newPath();
  fill(path, FIRST_RELEASE);
  chmodSync(path, 0o644);
  open(path, FIRST_RELEASE).exec("INSERT INTO note VALUES ('x')");
  expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
});

test('a folder made for a store is closed to others', () => {
  const folder = join(tempFolder(), 'made');
  open(join(folder, 'x.db'), FIRST_RELEASE);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a release with a further migration takes over an older store with its rows', () => {
  const path = newPath();
  fill(path, FIRST_RELEASE);
  const db = open(path, SECOND_RELEASE);
  expect(db.prepare('SELECT text, at FROM note').all()).toEqual([{ text: 'kept', at: null }]);
});

test('a release does not run a migration twice', () => {
  const path = newPath();
  fill(path, SECOND_RELEASE);
  expect(() => open(path, SECOND_RELEASE)).not.toThrow();
});

test('a store written by a newer release opens and keeps its number', () => {
  const path = newPath();
  fill(path, SECOND_RELEASE);
  const db = open(path, FIRST_RELEASE);
  expect(db.prepare('SELECT text FROM note').all()).toEqual([{ text: 'kept' }]);
  expect(db.pragma('user_version', { simple: true })).toBe(SECOND_RELEASE.length);
});

test('a migration that fails leaves the store as it was', () => {
  const path = newPath();
  fill(path, FIRST_RELEASE);
  expect(() => openDatabase(path, [...SECOND_RELEASE, 'CREATE nonsense'])).toThrow();
  const db = open(path, FIRST_RELEASE);
  expect(db.pragma('user_version', { simple: true })).toBe(FIRST_RELEASE.length);
  expect(db.prepare('SELECT * FROM note').all()).toEqual([{ text: 'kept' }]);
});

test('a reader finds nothing while the writer has not made the store', () => {
  expect(openReader(newPath(), FIRST_RELEASE)).toBeUndefined();
});

test('a reader finds nothing while the writer has not migrated the store', () => {
  const path = newPath();
  fill(path, FIRST_RELEASE);
  expect(openReader(path, SECOND_RELEASE)).toBeUndefined();
});

test('a reader cannot write', () => {
  const path = newPath();
  fill(path, FIRST_RELEASE);
  const reader = openReader(path, FIRST_RELEASE);
  expect(() => reader?.exec("INSERT INTO note VALUES ('y')")).toThrow(/readonly/);
  reader?.close();
});

function newPath(): string {
  return join(tempFolder(), 'store.db');
}

function open(path: string, migrations: Migrations): Database.Database {
  const db = openDatabase(path, migrations);
  onTestFinished(() => void db.close());
  return db;
}

function fill(path: string, migrations: Migrations): void {
  const db = openDatabase(path, migrations);
  db.exec("INSERT INTO note (text) VALUES ('kept')");
  db.close();
}
