import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';

/** What befalls a database that nobody has open. */

/** Changes it through SQL, as somebody with a tool would. */
export function alter(path: string, sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

/** Changes it through SQL while one table's schema is another, and puts that schema back: no check looks at the schema's past. */
export function smuggle(path: string, table: string, schema: readonly [string, string], sql: string): void {
  const db = new Database(path);
  const [kept, without] = schema;
  const swap = (from: string, to: string) => {
    db.pragma('writable_schema = ON');
    db.prepare('UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?').run(from, to, table);
    db.pragma('writable_schema = RESET');
  };
  db.unsafeMode();
  swap(kept, without);
  db.exec(sql);
  swap(without, kept);
  db.close();
}

/** Overwrites one page, the first being number 1, with rubbish. */
export function spoilPage(path: string, page: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(PAGE_BYTES, 0xa5), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
  closeSync(file);
}

/** The root page of a table, and how many pages the file has. */
export function pagesOf(path: string, table: string): { readonly root: number; readonly count: number } {
  const db = new Database(path, { readonly: true });
  const root = db
    .prepare<[string], { rootpage: number }>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .get(table)?.rootpage;
  const count = Number(db.pragma('page_count', { simple: true }));
  db.close();
  if (root === undefined) throw new Error(`no table ${table}`);
  return { root, count };
}

/** Flips one bit in the first place these bytes are found at. */
export function flipBit(path: string, bytes: Uint8Array): void {
  const file = readFileSync(path);
  const at = file.indexOf(bytes);
  if (at < 0) throw new Error('the bytes to damage are not in the file');
  file[at] = (file[at] ?? 0) ^ 1;
  writeFileSync(path, file);
}

const PAGE_BYTES = 4096;
