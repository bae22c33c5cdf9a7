import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chainStart } from '../../licence/audit/row.ts';
import { recomputedHeads, rowsOf, storedHeads } from '../testing/audit-chain.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { AuditLog, PRUNE_AT_MOST, RETENTION_MS } from './audit-log.ts';
import { AuditReader } from './audit-reader.ts';

const TERMINAL_ID = new Uint8Array(16).fill(7);
const NOW = Date.UTC(2027, 0, 1);
const OLD = NOW - RETENTION_MS - 1;
const YOUNG = NOW - RETENTION_MS;

test('rows the city does not have are kept however old they are', () => {
  const { log, path } = logOf(OLD, OLD, OLD);
  expect(log.prune(watermark(log, path, 2), NOW)).toBe(2);
  expect(seqsOf(path)).toEqual([3]);
});

test('rows within the retention time are kept although the city has them', () => {
  const { log, path } = logOf(OLD, YOUNG);
  expect(log.prune(watermark(log, path, 2), NOW)).toBe(1);
  expect(seqsOf(path)).toEqual([2]);
});

test('a young row between old ones, from a clock that jumped, is kept with all that follow it', () => {
  const { log, path } = logOf(OLD, NOW + RETENTION_MS, OLD);
  expect(log.prune(watermark(log, path, 3), NOW)).toBe(1);
  expect(seqsOf(path)).toEqual([2, 3]);
});

test('nothing is pruned when the oldest row is young', () => {
  const { log, path } = logOf(YOUNG, OLD);
  expect(log.prune(watermark(log, path, 2), NOW)).toBe(0);
  expect(seqsOf(path)).toEqual([1, 2]);
});

test('a watermark with another head than the row’s own removes nothing: it is not the city’s', () => {
  const { log, path } = logOf(OLD, OLD);
  expect(log.prune({ ...watermark(log, path, 2), head: new Uint8Array(32) }, NOW)).toBe(0);
  expect(seqsOf(path)).toEqual([1, 2]);
});

test('an empty store has nothing to prune', () => {
  const { log, path } = logOf();
  expect(log.prune(watermark(log, path, 0), NOW)).toBe(0);
});

test('one pass removes no more rows than a scan could wait for, the next goes on', () => {
  const { log, path } = logOf(...Array<number>(PRUNE_AT_MOST + 1).fill(OLD));
  const all = watermark(log, path, PRUNE_AT_MOST + 1);
  expect(log.prune(all, NOW)).toBe(PRUNE_AT_MOST);
  expect(seqsOf(path)).toEqual([PRUNE_AT_MOST + 1]);
  expect(log.prune(all, NOW)).toBe(1);
});

test('the chain goes on from the head of the last pruned row', () => {
  const { log, path } = logOf(OLD, OLD, YOUNG);
  const [, second] = rowsOf(path);
  log.prune(watermark(log, path, 3), NOW);
  append(log, NOW);
  const rows = rowsOf(path);
  expect(rows.map(({ seq }) => seq)).toEqual([3, 4]);
  expect(second && recomputedHeads(second.head, rows)).toEqual(storedHeads(rows));
});

test('a store pruned to its last row goes on with number and chain after a restart', () => {
  const { log, path } = logOf(OLD, OLD);
  const heads = recomputedHeads(chainStart(TERMINAL_ID, log.epoch), rowsOf(path));
  log.prune(watermark(log, path, 2), NOW);
  log.close();
  const again = AuditLog.open(path, TERMINAL_ID);
  onTestFinished(() => again.close());
  expect(again.seq).toBe(2);
  append(again, NOW);
  const rows = rowsOf(path);
  expect(rows.map(({ seq }) => seq)).toEqual([3]);
  expect(recomputedHeads(Buffer.from(heads[1] ?? '', 'hex'), rows)).toEqual(storedHeads(rows));
});

test('a reader still has the head of the last pruned row', () => {
  const { log, path } = logOf(OLD, OLD);
  const [, second] = rowsOf(path);
  log.prune(watermark(log, path, 2), NOW);
  const reader = AuditReader.open(path);
  onTestFinished(() => reader?.close());
  expect(reader?.headAt(log.epoch, 2)).toEqual(second?.head);
});

test('rows of an epoch that ended are pruned by its own watermark', () => {
  const { log, path } = logOf(OLD, OLD);
  const ended = watermark(log, path, 2);
  log.heed({ ...ended, forked: true });
  append(log, OLD);
  expect(log.epochs()).toEqual([ended.epoch, log.epoch].map(Buffer.from));
  expect(log.prune(ended, NOW)).toBe(2);
  expect(seqsOf(path)).toEqual([1]);
});

function logOf(...times: number[]): { log: AuditLog; path: string } {
  const path = join(tempFolder(), 'audit.db');
  const log = AuditLog.open(path, TERMINAL_ID);
  onTestFinished(() => log.close());
  for (const unixMs of times) append(log, unixMs);
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
