import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AuditLog } from '../store/audit-log.ts';
import { AUDIT_MIGRATIONS } from '../store/audit-schema.ts';
import { openDatabase } from '../store/open-database.ts';
import { StoreUnavailable } from '../store/store-fault.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { auditQueue, queueOf } from './audit-queue.ts';

test('a log the city has all of has no queue', () => {
  const { db } = written(3);
  expect(auditQueue(db, () => ({ seq: 3 }))).toEqual({ unacknowledged: 0 });
});

test('a log the city has none of waits from its first row on', () => {
  const { db } = written(3);
  expect(auditQueue(db, () => undefined)).toEqual({ unacknowledged: 3, oldestMs: 1001 });
});

test('what waits is counted after the last row the city has', () => {
  const { db } = written(3);
  expect(auditQueue(db, () => ({ seq: 2 }))).toEqual({ unacknowledged: 1, oldestMs: 1003 });
});

test('rows of an older epoch wait too', () => {
  const { db, log } = written(3);
  const first = log.epoch;
  log.heed({ epoch: first, seq: 9, head: new Uint8Array(32), forked: false });
  append(log, 2000);
  const delivered = (epoch: Uint8Array) => (Buffer.compare(epoch, first) === 0 ? { seq: 2 } : undefined);
  expect(auditQueue(db, delivered)).toEqual({ unacknowledged: 2, oldestMs: 1003 });
});

test('a city ahead of a restored store leaves nothing waiting', () => {
  const { db } = written(3);
  expect(auditQueue(db, () => ({ seq: 7 }))).toEqual({ unacknowledged: 0 });
});

test('a store that can’t be read has no queue anybody knows', () => {
  const failed = {
    run: () => {
      throw new StoreUnavailable('io-error', 'test');
    },
  };
  expect(queueOf(failed, () => undefined)).toBeUndefined();
});

function written(rows: number) {
  const db = openDatabase(join(tempFolder(), 'audit.db'), AUDIT_MIGRATIONS);
  onTestFinished(() => void db.close());
  const log = new AuditLog(db, new Uint8Array(16));
  for (let i = 1; i <= rows; i++) append(log, 1000 + i);
  return { db, log };
}

function append(log: AuditLog, unixMs: number): void {
  log.append({ event: 'test', unixMs, public: new Map(), sealed: null });
}
