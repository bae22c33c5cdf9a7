import { chainNext, encodeRow } from '../../../licence/audit/row.ts';
import { allEpochs } from '../../../terminal/store/audit-epochs.ts';
import { AuditLog } from '../../../terminal/store/audit-log.ts';
import { AUDIT_MIGRATIONS } from '../../../terminal/store/audit-schema.ts';
import { openDatabase } from '../../../terminal/store/open-database.ts';
import { acceptedEvent, rejectedEvent } from './sample-event.ts';

/**
 * Adds rows of good and bad codes to a terminal's log that nobody has open, its chain going on from its last row: in one transaction, since a
 * commit a row would take an hour for a million.
 */
export function fillLog(auditDb: string, terminalId: Uint8Array, rows: number): void {
  const db = openDatabase(auditDb, AUDIT_MIGRATIONS);
  const { position } = new AuditLog(db, terminalId);
  const epochs = allEpochs(db);
  const n = epochs.at(-1)?.n;
  const insert = db.prepare('INSERT INTO row (epoch_n, seq, unix_ms, bytes, head) VALUES (?, ?, ?, ?, ?)');
  let { head } = position;
  db.transaction(() => {
    for (let seq = position.seq + 1; seq <= position.seq + rows; seq++) {
      const event = seq % 2 === 0 ? acceptedEvent(seq) : rejectedEvent(seq);
      const bytes = encodeRow({ terminalId, epoch: position.epoch, seq, ...event });
      head = chainNext(head, bytes);
      insert.run(n, seq, event.unixMs, bytes, head);
    }
  }).immediate();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}
