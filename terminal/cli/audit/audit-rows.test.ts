import { expect, onTestFinished, test } from 'vitest';
import { chainNext, chainStart } from '../../../licence/audit/row.ts';
import { AuditLog } from '../../store/audit-log.ts';
import type { AuditReader } from '../../store/audit-reader.ts';
import { openAudit } from './open-audit.ts';
import { lastRows, rowsFrom } from './pick-rows.ts';
import { rowJson, rowLine } from './row-text.ts';
import { AT, auditFile, TERMINAL_ID, tamper } from './testing/audit-file.ts';

test('a line says when, which, what, and that something is sealed', () => {
  const [picked] = lastRows(opened(auditFile(1)), 1);
  expect(picked && rowLine(picked.row)).toBe(
    '     1  2026-11-23 01:02:03.001Z  verification   n 1, sealed (1 bytes)',
  );
});

test('a row that is none is shown as such, and the others all the same', () => {
  const path = auditFile(2);
  tamper(path, 'UPDATE row SET bytes = zeroblob(20) WHERE seq = 1');
  const lines = lastRows(opened(path), 9).map(({ row }) => rowLine(row));
  expect(lines).toEqual(['     1  UNREADABLE (20 bytes)', expect.stringContaining('verification')]);
});

test('nothing a row says steers the screen it is shown on', () => {
  const path = auditFile(0);
  const log = AuditLog.open(path, TERMINAL_ID);
  log.append({
    event: 'store',
    unixMs: AT,
    public: new Map([['detail', '\x1b[2J\u202eowned']]),
    sealed: null,
  });
  log.close();
  const [picked] = lastRows(opened(path), 1);
  if (!picked) throw new Error('a row was written');
  for (const text of [rowLine(picked.row), rowJson(picked.epoch, picked.row)]) {
    expect(text).toContain('\\u001b[2J\\u202eowned');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the question
    expect(text).not.toMatch(/[\x00-\x1f\u202e]/);
  }
});

test('the last rows of one event are found behind thousands of others', () => {
  const path = auditFile(3, 'started');
  const log = AuditLog.open(path, TERMINAL_ID);
  for (let i = 0; i < 2500; i++)
    log.append({ event: 'verification', unixMs: AT, public: new Map(), sealed: null });
  log.close();
  const found = lastRows(opened(path), 2, 'started');
  expect(found.map(({ row }) => row.seq)).toEqual([2, 3]);
});

test('a number far beyond the others costs no more', () => {
  const path = auditFile(3);
  tamper(path, 'UPDATE row SET seq = 30000000000 WHERE seq = 3');
  expect(lastRows(opened(path), 9).map(({ row }) => row.seq)).toEqual([1, 2, 30_000_000_000]);
});

test('the last rows come in order, also over two epochs', () => {
  const path = auditFile(3);
  const log = AuditLog.open(path, TERMINAL_ID);
  log.heed({ epoch: log.epoch, seq: 9, head: new Uint8Array(32), forked: false });
  log.append({ event: 'test', unixMs: AT, public: new Map(), sealed: null });
  log.close();
  expect(lastRows(opened(path), 3).map(({ row }) => row.seq)).toEqual([2, 3, 1]);
});

test('whoever has the exported lines can check the chain with SHA-256 and nothing else', () => {
  const reader = opened(auditFile(4));
  const lines = [...rowsFrom(reader, 1)].map(({ epoch, row }) => JSON.parse(rowJson(epoch, row)));
  let head = chainStart(TERMINAL_ID, Buffer.from(lines[0].epoch, 'hex'));
  for (const line of lines) {
    head = chainNext(head, Buffer.from(line.row, 'base64url'));
    expect(line.head).toBe(Buffer.from(head).toString('base64url'));
  }
  expect(lines.map(({ seq, event, public: said, sealed }) => [seq, event, said, sealed])).toEqual(
    [1, 2, 3, 4].map((n) => [n, 'verification', { n }, Buffer.from([n]).toString('base64url')]),
  );
});

test('an export begins where it is told to, in the epoch it is told', () => {
  const reader = opened(auditFile(4));
  const epoch = reader.epochs()[0]?.epoch;
  expect([...rowsFrom(reader, 3, epoch)].map(({ row }) => row.seq)).toEqual([3, 4]);
  expect([...rowsFrom(reader, 1, new Uint8Array(8))]).toEqual([]);
});

function opened(path: string): AuditReader {
  const reader = openAudit(path);
  onTestFinished(() => reader.close());
  return reader;
}
