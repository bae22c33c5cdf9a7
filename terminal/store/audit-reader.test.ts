import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chainStart } from '../../licence/audit/row.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { AuditLog } from './audit-log.ts';
import { AuditReader } from './audit-reader.ts';

const TERMINAL_ID = new Uint8Array(16).fill(7);

test('there is nothing to read while the terminal has not made its store', () => {
  expect(AuditReader.open(join(tempFolder(), 'audit.db'))).toBeUndefined();
});

test('rows come in order after the one asked for, at most as many as asked for', () => {
  const { log, reader } = openBoth(5);
  expect(reader.rowsAfter(log.epoch, 1, 2).map(({ seq }) => seq)).toEqual([2, 3]);
});

test('rows before the one asked for come last one first', () => {
  const { log, reader } = openBoth(5);
  expect(reader.rowsBefore(log.epoch, 4, 2).map(({ seq }) => seq)).toEqual([3, 2]);
});

test('an epoch that is not here has no rows', () => {
  const { reader } = openBoth(1);
  expect(reader.rowsAfter(new Uint8Array(8), 0, 10)).toEqual([]);
});

test('epochs come oldest first, each with its last row', () => {
  const { log, reader } = openBoth(2);
  const first = log.epoch;
  log.heed({ epoch: first, seq: 9, head: new Uint8Array(32), forked: false });
  append(log);
  expect(reader.epochs()).toEqual([
    { epoch: Buffer.from(first), lastSeq: 2, prunedSeq: 0 },
    { epoch: Buffer.from(log.epoch), lastSeq: 1, prunedSeq: 0 },
  ]);
});

test('an epoch without rows ends at 0, where its chain starts', () => {
  const { log, reader } = openBoth(0);
  expect(reader.epochs()).toEqual([{ epoch: Buffer.from(log.epoch), lastSeq: 0, prunedSeq: 0 }]);
  expect(reader.headAt(log.epoch, 0)).toEqual(Buffer.from(chainStart(TERMINAL_ID, log.epoch)));
});

test('a row that was not written yet has no head', () => {
  const { log, reader } = openBoth(1);
  expect(reader.headAt(log.epoch, 2)).toBeUndefined();
});

test('the data version changes with each row the terminal writes', () => {
  const { log, reader } = openBoth(0);
  const before = reader.dataVersion();
  append(log);
  expect(reader.dataVersion()).not.toBe(before);
});

function openBoth(rows: number): { log: AuditLog; reader: AuditReader } {
  const path = join(tempFolder(), 'audit.db');
  const log = AuditLog.open(path, TERMINAL_ID);
  for (let i = 0; i < rows; i++) append(log);
  const reader = AuditReader.open(path);
  if (!reader) throw new Error('the store was made, but can not be read');
  onTestFinished(() => {
    reader.close();
    log.close();
  });
  return { log, reader };
}

function append(log: AuditLog): void {
  log.append({ event: 'test', unixMs: 1000, public: new Map(), sealed: null });
}
