import Database from 'better-sqlite3';

/** What the disk says when it refuses. */
export const REFUSAL = 'disk full';

/** Makes the disk refuse every audit row from now on. @returns how to repair it. */
export function refuseRows(auditDb: string): () => void {
  const refuse = `CREATE TRIGGER full BEFORE INSERT ON row BEGIN SELECT raise(ABORT, '${REFUSAL}'); END`;
  change(auditDb, refuse);
  return () => change(auditDb, 'DROP TRIGGER full');
}

function change(auditDb: string, sql: string): void {
  const db = new Database(auditDb);
  db.exec(sql);
  db.close();
}
