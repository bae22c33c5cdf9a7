import { copyFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AuditLog } from '../../store/audit-log.ts';
import { SyncStore, type Watermark } from '../../store/sync-store.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { openAudit } from './open-audit.ts';
import { AT, auditFile, TERMINAL_ID, tamper } from './testing/audit-file.ts';
import { verifyAudit } from './verify-audit.ts';

test('a whole log is exit code 0, with a line for its epoch and one for all', () => {
  const { exit, lines } = verified(auditFile(5));
  expect(exit).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(/^epoch [0-9a-f]{16}: rows 1 to 5, chain whole; the city has none of it$/),
    '5 rows, epochs: 1; every chain holds',
  ]);
});

test('a log longer than one reading is checked to its end', () => {
  const path = auditFile(2500);
  expect(verified(path).lines.at(-1)).toBe('2500 rows, epochs: 1; every chain holds');
  tamper(path, 'UPDATE row SET head = zeroblob(32) WHERE seq = 2500');
  expect(verified(path).lines[0]).toContain('BROKEN at row 2500: row changed');
});

test.for([
  [
    'a changed row',
    'UPDATE row SET bytes = (SELECT bytes FROM row WHERE seq = 2) WHERE seq = 3',
    3,
    'row of another epoch, number or terminal',
  ],
  ['a row that is none', 'UPDATE row SET bytes = zeroblob(20) WHERE seq = 3', 3, 'not an audit row'],
  ['a first row that is none', 'UPDATE row SET bytes = zeroblob(20) WHERE seq = 1', 1, 'not an audit row'],
  ['a head that is another', 'UPDATE row SET head = zeroblob(32) WHERE seq = 3', 3, 'row changed'],
  ['a row taken out', 'DELETE FROM row WHERE seq = 3', 3, 'row missing'],
  ['the first rows taken out', 'DELETE FROM row WHERE seq < 3', 3, 'start missing'],
] as const)('%s is named with its number, and exit code 1', ([, statement, seq, what]) => {
  const path = auditFile(5);
  tamper(path, statement);
  const { exit, lines } = verified(path);
  expect(exit).toBe(1);
  expect(lines[0]).toContain(`BROKEN at row ${seq}: ${what}`);
  expect(lines.at(-1)).toContain('NOT EVERYTHING HOLDS');
});

test('one bit changed in a stored row breaks the chain there', () => {
  const path = auditFile(5);
  tamper(
    path,
    // the number 3 in the public part of row 3 becomes 2: still a row, of another content
    `UPDATE row SET bytes = CAST(replace(hex(bytes), '616E03', '616E02') AS BLOB) WHERE seq = 3`,
    'UPDATE row SET bytes = unhex(bytes) WHERE seq = 3',
  );
  expect(verified(path).lines[0]).toContain('BROKEN at row 3: row changed');
});

test('pruned rows are no break: the chain goes on from where it was pruned', () => {
  const path = auditFile(5);
  tamper(
    path,
    'UPDATE epoch SET pruned_seq = 2, pruned_head = (SELECT head FROM row WHERE seq = 2)',
    'DELETE FROM row WHERE seq <= 2',
  );
  const { exit, lines } = verified(path);
  expect(exit).toBe(0);
  expect(lines[0]).toContain('rows 3 to 5, chain whole');
});

test('a chain that goes on from another head than that of its pruned rows is broken', () => {
  const path = auditFile(5);
  tamper(path, 'UPDATE epoch SET pruned_seq = 2', 'DELETE FROM row WHERE seq <= 2');
  expect(verified(path).lines[0]).toContain('BROKEN at row 3: row changed');
});

test('every epoch is checked, an empty one too', () => {
  const path = auditFile(2);
  const log = AuditLog.open(path, TERMINAL_ID);
  log.heed({ epoch: log.epoch, seq: 9, head: new Uint8Array(32), forked: false });
  log.close();
  const { lines } = verified(path);
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain('no rows');
});

test('rows of two terminals are no chain', () => {
  const path = auditFile(2);
  const log = AuditLog.open(path, new Uint8Array(16).fill(8));
  log.append({ event: 'test', unixMs: AT, public: new Map(), sealed: null });
  log.close();
  expect(verified(path).lines[0]).toContain('BROKEN at row 3: row of another epoch, number or terminal');
});

test('what the city has is said', () => {
  const path = auditFile(5);
  const { exit, lines } = verified(path, ({ epoch, heads }) => ({
    epoch,
    seq: 4,
    head: heads[3] ?? ZERO,
    forked: false,
  }));
  expect(exit).toBe(0);
  expect(lines[0]).toContain('the city has it up to row 4');
});

test.for<[string, Partial<Watermark>, string]>([
  ['rows that are not here', { seq: 9 }, 'THE CITY HAS ROWS UP TO 9'],
  ['another row under a number', { seq: 4, head: new Uint8Array(32) }, 'THE CITY HAS OTHER ROWS up to 4'],
  ['seen a fork', { seq: 5, forked: true }, 'THE CITY HAS OTHER ROWS up to 5'],
])('a city that has %s is exit code 1, whole as the chain may be', ([, changes, said]) => {
  const path = auditFile(5);
  const { exit, lines } = verified(path, ({ epoch, heads }) => ({
    epoch,
    seq: 5,
    head: heads[4] ?? ZERO,
    forked: false,
    ...changes,
  }));
  expect(exit).toBe(1);
  expect(lines[0]).toContain('chain whole');
  expect(lines[0]).toContain(said);
});

test('a log is checked while its terminal writes it', () => {
  const path = auditFile(3);
  const log = AuditLog.open(path, TERMINAL_ID);
  onTestFinished(() => log.close());
  log.append({ event: 'test', unixMs: AT, public: new Map(), sealed: null });
  expect(verified(path).lines[0]).toContain('rows 1 to 4, chain whole');
});

test('a store cut off in the middle is said to be unreadable, not whole', () => {
  const whole = auditFile(2000);
  const path = join(tempFolder(), 'cut.db');
  copyFileSync(whole, path);
  truncateSync(path, 100_000);
  const outcome = () => verified(path);
  expect(outcome).not.toThrow(/every chain/);
  const said = tried(outcome);
  expect(said).toMatch(/malformed|CAN'T BE READ|BROKEN/);
  expect(said).not.toContain('every chain holds');
});

test('a file that is no audit store is refused with its name', () => {
  expect(() => openAudit(join(tempFolder(), 'nothing.db'))).toThrow(/nothing\.db/);
});

const ZERO = new Uint8Array(32);

interface Written {
  readonly epoch: Uint8Array;
  readonly heads: readonly Uint8Array[];
}

function verified(path: string, watermark?: (written: Written) => Watermark) {
  const reader = openAudit(path);
  const city = new SyncStore(join(tempFolder(), 'sync.db'));
  const lines: string[] = [];
  try {
    const epoch = reader.epochs()[0]?.epoch ?? ZERO;
    const heads = reader.rowsAfter(epoch, 0, 10).map(({ head }) => head);
    if (watermark) city.saveWatermark(watermark({ epoch, heads }));
    const exit = verifyAudit(reader, city, { say: (line) => lines.push(line), progress: () => undefined });
    return { exit, lines };
  } finally {
    reader.close();
    city.close();
  }
}

/** What came of it, in words, thrown or said. */
function tried(outcome: () => { readonly lines: readonly string[] }): string {
  try {
    return outcome().lines.join('\n');
  } catch (error) {
    return String(error);
  }
}
