import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chainStart } from '../../licence/audit/row.ts';
import { recomputedHeads, rowsOf, storedHeads } from '../testing/audit-chain.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { AuditLog } from './audit-log.ts';
import { AuditReader } from './audit-reader.ts';
import { NOTE_EVERY_MS, PRUNE_AT_MOST, RETENTION_MS } from './audit-retention.ts';

const TERMINAL_ID = new Uint8Array(16).fill(7);
/** When the city had signed that it has the rows. */
const THEN = Date.UTC(2027, 0, 1);
const DUE = THEN + RETENTION_MS;

test('rows the city does not have are kept however old they are', () => {
  const { log, path } = logOf(3);
  log.noteAcknowledged(watermark(log, path, 2), THEN);
  expect(log.prune(DUE)).toBe(2);
  expect(seqsOf(path)).toEqual([3]);
});

test('rows are kept for the retention time after the city had them, whatever time they carry', () => {
  const { log, path } = logOf(2, 1000);
  log.noteAcknowledged(watermark(log, path, 2), THEN);
  expect(log.prune(DUE - 1)).toBe(0);
  expect(log.prune(DUE)).toBe(2);
});

test('a row dated far ahead by a clock that jumped holds nothing up', () => {
  const { log, path } = logOf(1);
  append(log, DUE + RETENTION_MS);
  append(log, THEN);
  log.noteAcknowledged(watermark(log, path, 3), THEN);
  expect(log.prune(DUE)).toBe(3);
});

test('rows the city had later are kept for as much longer', () => {
  const { log, path } = logOf(2);
  log.noteAcknowledged(watermark(log, path, 1), THEN);
  log.noteAcknowledged(watermark(log, path, 2), THEN + NOTE_EVERY_MS);
  expect(log.prune(DUE)).toBe(1);
  expect(log.prune(DUE + NOTE_EVERY_MS - 1)).toBe(0);
  expect(log.prune(DUE + NOTE_EVERY_MS)).toBe(1);
});

test('what the city has is noted once a day at most, and what came between is kept with the later note', () => {
  const { log, path } = logOf(3);
  log.noteAcknowledged(watermark(log, path, 1), THEN);
  log.noteAcknowledged(watermark(log, path, 2), THEN + NOTE_EVERY_MS - 1);
  log.noteAcknowledged(watermark(log, path, 3), THEN + NOTE_EVERY_MS);
  expect(log.prune(DUE + NOTE_EVERY_MS - 1)).toBe(1);
  expect(log.prune(DUE + NOTE_EVERY_MS)).toBe(2);
});

test('a time from an old copy of the agent’s store makes no note older than those there are', () => {
  const { log, path } = logOf(2);
  log.noteAcknowledged(watermark(log, path, 1), THEN);
  log.beginEpoch();
  append(log, THEN);
  log.noteAcknowledged(watermark(log, path, 1), THEN - RETENTION_MS);
  expect(log.prune(DUE - 1)).toBe(0);
});

test('a watermark with another head than the row’s own notes nothing: it is not the city’s', () => {
  const { log, path } = logOf(2);
  log.noteAcknowledged({ ...watermark(log, path, 2), head: new Uint8Array(32) }, THEN);
  expect(log.prune(DUE)).toBe(0);
});

test('a watermark of a row that is not here yet notes nothing', () => {
  const { log, path } = logOf(1);
  log.noteAcknowledged({ ...watermark(log, path, 1), seq: 2 }, THEN);
  append(log, THEN);
  expect(log.prune(DUE)).toBe(0);
});

test('an empty store has nothing to note or to prune', () => {
  const { log, path } = logOf(0);
  log.noteAcknowledged(watermark(log, path, 0), THEN);
  expect(log.prune(DUE)).toBe(0);
});

test('one pass removes no more rows than a scan could wait for, the next goes on', () => {
  const { log, path } = logOf(PRUNE_AT_MOST + 1);
  log.noteAcknowledged(watermark(log, path, PRUNE_AT_MOST + 1), THEN);
  expect(log.prune(DUE)).toBe(PRUNE_AT_MOST);
  expect(seqsOf(path)).toEqual([PRUNE_AT_MOST + 1]);
  expect(log.prune(DUE)).toBe(1);
});

test('the chain goes on from the head of the last pruned row', () => {
  const { log, path } = logOf(3);
  const [, second] = rowsOf(path);
  log.noteAcknowledged(watermark(log, path, 2), THEN);
  log.prune(DUE);
  append(log, THEN);
  const rows = rowsOf(path);
  expect(rows.map(({ seq }) => seq)).toEqual([3, 4]);
  expect(second && recomputedHeads(second.head, rows)).toEqual(storedHeads(rows));
});

test('a store pruned to its last row goes on with number and chain after a restart', () => {
  const { log, path } = logOf(2);
  const heads = recomputedHeads(chainStart(TERMINAL_ID, log.epoch), rowsOf(path));
  log.noteAcknowledged(watermark(log, path, 2), THEN);
  log.prune(DUE);
  log.close();
  const again = AuditLog.open(path, TERMINAL_ID);
  onTestFinished(() => again.close());
  expect(again.seq).toBe(2);
  append(again, THEN);
  const rows = rowsOf(path);
  expect(rows.map(({ seq }) => seq)).toEqual([3]);
  expect(recomputedHeads(Buffer.from(heads[1] ?? '', 'hex'), rows)).toEqual(storedHeads(rows));
});

test('a reader still has the head of the last pruned row', () => {
  const { log, path } = logOf(3);
  const [, second] = rowsOf(path);
  log.noteAcknowledged(watermark(log, path, 2), THEN);
  log.prune(DUE);
  const reader = AuditReader.open(path);
  onTestFinished(() => reader?.close());
  expect(reader?.headAt(log.epoch, 2)).toEqual(second?.head);
});

test('rows of an epoch that ended are pruned by its own watermark', () => {
  const { log, path } = logOf(2);
  const ended = watermark(log, path, 2);
  log.heed({ ...ended, forked: true });
  append(log, THEN);
  expect(log.epochs()).toEqual([ended.epoch, log.epoch].map(Buffer.from));
  log.noteAcknowledged(ended, THEN);
  expect(log.prune(DUE)).toBe(2);
  expect(seqsOf(path)).toEqual([1]);
});

function logOf(rows: number, unixMs = THEN): { log: AuditLog; path: string } {
  const path = join(tempFolder(), 'audit.db');
  const log = AuditLog.open(path, TERMINAL_ID);
  onTestFinished(() => log.close());
  for (let i = 0; i < rows; i++) append(log, unixMs);
  return { log, path };
}

function append(log: AuditLog, unixMs: number): void {
  log.append({ event: 'test', unixMs, public: new Map(), sealed: null });
}

/** As the city acknowledges that row. */
function watermark(log: AuditLog, path: string, seq: number) {
  const head = rowsOf(path).find((row) => row.seq === seq)?.head ?? new Uint8Array(32);
  return { epoch: log.epoch, seq, head: new Uint8Array(head), forked: false };
}

function seqsOf(path: string): number[] {
  return rowsOf(path).map(({ seq }) => seq);
}
