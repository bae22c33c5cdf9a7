import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chainStart, decodeRow } from '../../licence/audit/row.ts';
import { recomputedHeads, rowsOf, storedHeads } from '../testing/audit-chain.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { type AuditEvent, AuditLog } from './audit-log.ts';

const TERMINAL_ID = new Uint8Array(16).fill(7);
const EVENT: AuditEvent = { event: 'test', unixMs: 1000, public: new Map([['n', 1]]), sealed: null };
const PROOF = { hash: new Uint8Array(32).fill(1), until: 5000 };

test('a row is on disk when append returns', () => {
  const { log, path } = openLog();
  log.append(EVENT);
  expect(rowsOf(path).map(({ seq }) => seq)).toEqual([1]);
});

test('a row carries terminal, epoch, number and event', () => {
  const { log, path } = openLog();
  log.append({ ...EVENT, sealed: new Uint8Array([1, 2]) });
  const [row] = rowsOf(path);
  expect(row && decodeRow(row.bytes)).toEqual({
    terminalId: TERMINAL_ID,
    epoch: new Uint8Array(log.epoch),
    seq: 1,
    event: 'test',
    unixMs: 1000,
    public: new Map([['n', 1]]),
    sealed: new Uint8Array([1, 2]),
  });
});

test('the chain holds from its start to its last row', () => {
  const { log, path } = openLog();
  for (let i = 0; i < 5; i++) log.append(EVENT);
  const rows = rowsOf(path);
  expect(rows).toHaveLength(5);
  expect(recomputedHeads(chainStart(TERMINAL_ID, log.epoch), rows)).toEqual(storedHeads(rows));
});

test('a store opened again goes on with the same epoch, number and chain', () => {
  const { log, path } = openLog();
  log.append(EVENT);
  log.close();
  const again = open(path);
  again.append(EVENT);
  const rows = rowsOf(path);
  expect(again.epoch).toEqual(Buffer.from(log.epoch));
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(recomputedHeads(chainStart(TERMINAL_ID, log.epoch), rows)).toEqual(storedHeads(rows));
});

test('an accepted proof is used up together with its row', () => {
  const { log } = openLog();
  expect(log.alreadyUsed(PROOF.hash)).toBe(false);
  log.append(EVENT, PROOF);
  expect(log.alreadyUsed(PROOF.hash)).toBe(true);
});

test('used proofs are remembered over a restart', () => {
  const { log, path } = openLog();
  log.append(EVENT, PROOF);
  log.close();
  expect(open(path).alreadyUsed(PROOF.hash)).toBe(true);
});

test('a proof that cannot be used up leaves no row: both or neither', () => {
  const { log, path } = openLog();
  log.append(EVENT, PROOF);
  expect(() => log.append(EVENT, PROOF)).toThrow(/UNIQUE/);
  expect(log.seq).toBe(1);
  expect(rowsOf(path)).toHaveLength(1);
});

test('the chain goes on unbroken after a row that could not be written', () => {
  const { log, path } = openLog();
  log.append(EVENT, PROOF);
  expect(() => log.append(EVENT, PROOF)).toThrow();
  log.append(EVENT);
  const rows = rowsOf(path);
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(recomputedHeads(chainStart(TERMINAL_ID, log.epoch), rows)).toEqual(storedHeads(rows));
});

test('a proof is forgotten only when it cannot be fresh any more', () => {
  const { log } = openLog();
  log.append(EVENT, PROOF);
  log.forgetProofs(PROOF.until);
  expect(log.alreadyUsed(PROOF.hash)).toBe(true);
  log.forgetProofs(PROOF.until + 1);
  expect(log.alreadyUsed(PROOF.hash)).toBe(false);
});

test('an event too big for a row is refused and changes nothing', () => {
  const { log, path } = openLog();
  expect(() => log.append({ ...EVENT, sealed: new Uint8Array(5000) })).toThrow(RangeError);
  expect(rowsOf(path)).toEqual([]);
});

test('a city that holds more rows than the store begins a new epoch', () => {
  const { log } = openLog();
  log.append(EVENT);
  const { epoch } = log;
  const head = new Uint8Array(32);
  expect(log.heed({ epoch, seq: 2, head, forked: false })).toBe(true);
  expect(log.epoch).not.toEqual(epoch);
  expect(log.seq).toBe(0);
});

test('a city that saw a fork begins a new epoch', () => {
  const { log } = openLog();
  log.append(EVENT);
  const { epoch } = log;
  expect(log.heed({ epoch, seq: 1, head: new Uint8Array(32), forked: true })).toBe(true);
  expect(log.epoch).not.toEqual(epoch);
});

test('a city that has all or fewer rows changes nothing', () => {
  const { log } = openLog();
  for (let i = 0; i < 2; i++) log.append(EVENT);
  const { epoch } = log;
  const head = new Uint8Array(32);
  for (const seq of [0, 1, 2]) expect(log.heed({ epoch, seq, head, forked: false })).toBe(false);
  expect(log.heed(undefined)).toBe(false);
  expect(log.epoch).toEqual(epoch);
});

test('a new epoch has a chain of its own from number 1, which a restart goes on with', () => {
  const { log, path } = openLog();
  log.append(EVENT);
  log.heed({ epoch: log.epoch, seq: 9, head: new Uint8Array(32), forked: false });
  log.append(EVENT);
  log.close();
  const again = open(path);
  again.append(EVENT);
  const rows = rowsOf(path);
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(recomputedHeads(chainStart(TERMINAL_ID, again.epoch), rows)).toEqual(storedHeads(rows));
});

function openLog(): { log: AuditLog; path: string } {
  const path = join(tempFolder(), 'audit.db');
  return { log: open(path), path };
}

function open(path: string): AuditLog {
  const log = AuditLog.open(path, TERMINAL_ID);
  onTestFinished(() => log.close());
  return log;
}
