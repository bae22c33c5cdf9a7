import Database from 'better-sqlite3';
import { AuditReader } from '../../store/audit-reader.ts';

const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens an audit store to be looked at: that of a running terminal, or a file that was set aside, also one of an older
 * release. Read-only, so nothing about it changes.
 *
 * @throws a sentence for a file that is no audit store, or is too broken to be read.
 */
export function openAudit(file: string): AuditReader {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    const reader = new AuditReader(db);
    reader.epochs();
    return reader;
  } catch (error) {
    db?.close();
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
