import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AuditLog } from '../../../store/audit-log.ts';
import { tempFolder } from '../../../testing/temp-folder.ts';

export const TERMINAL_ID = new Uint8Array(16).fill(7);
export const AT = Date.UTC(2026, 10, 23, 1, 2, 3);

/** A closed audit store of one epoch, in a folder of the test's own. @returns its path. */
export function auditFile(rows: number, event = 'verification'): string {
  const path = join(tempFolder(), 'audit.db');
  const log = AuditLog.open(path, TERMINAL_ID);
  for (let i = 1; i <= rows; i++) {
    log.append({ event, unixMs: AT + i, public: new Map([['n', i]]), sealed: new Uint8Array([i % 256]) });
  }
  log.close();
  return path;
}

/** Does to a closed store what its own program never would. */
export function tamper(path: string, ...statements: readonly string[]): void {
  const db = new Database(path);
  for (const statement of statements) db.prepare(statement).run();
  db.close();
}
