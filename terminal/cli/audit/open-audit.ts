import Database from 'better-sqlite3';
import { EPOCH_BYTES } from '../../../licence/wire/label.ts';
import { HEAD_BYTES, viewIn } from '../../store/audit-check.ts';
import { AuditReader } from '../../store/audit-reader.ts';
import { BUSY_TIMEOUT_MS } from '../../store/open-database.ts';

/** As the terminal begins one: a name, and where its rows begin. */
const IS_EPOCH = `typeof(epoch) = 'blob' AND length(epoch) = ${EPOCH_BYTES}
  AND typeof(pruned_seq) = 'integer' AND pruned_seq BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER}
  AND typeof(pruned_head) = 'blob' AND length(pruned_head) = ${HEAD_BYTES}`;

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
    const wrong = misshapen(db);
    if (wrong !== undefined) throw new Error(`no audit store: ${wrong}`);
    return new AuditReader(db);
  } catch (error) {
    db?.close();
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What no terminal wrote, and what a check that went on with it would say nothing about. */
function misshapen(db: Database.Database): string | undefined {
  const view = viewIn(db);
  if (view !== undefined) return `${view} is a view`;
  const count = (sql: string) => db.prepare<[], { found: number }>(sql).get()?.found ?? 0;
  if (count(`SELECT count(*) AS found FROM epoch WHERE NOT (${IS_EPOCH})`) > 0)
    return 'an epoch that is none';
  const doubles = 'SELECT count(*) - count(DISTINCT epoch) AS found FROM epoch';
  return count(doubles) > 0 ? 'two epochs of one name' : undefined;
}
