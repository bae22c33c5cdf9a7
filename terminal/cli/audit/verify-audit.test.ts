import { copyFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AuditLog, type AuditPosition } from '../../store/audit-log.ts';
import { SyncStore, type Watermark } from '../../store/sync-store.ts';
import { alter, smuggle } from '../../store/testing/damage.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { openAudit } from './open-audit.ts';
import { AT, auditFile, TERMINAL_ID, tamper } from './testing/audit-file.ts';
import { verifyAudit } from './verify-audit.ts';

test('a whole log is exit code 0, with a line for its epoch and one for all', () => {
  const { exit, lines } = verified(auditFile(5));
  expect(exit).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(/^epoch [0-9a-f]{16}: rows 1 to 5, chain whole; the city has none of it$/),
    '5 rows in 1 epoch; every chain holds',
  ]);
});

test('a log longer than one reading is checked to its end', () => {
  const path = auditFile(2500);
  expect(verified(path).lines.at(-1)).toBe('2500 rows in 1 epoch; every chain holds');
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
  const { exit, lines } = verified(path, ({ epoch, heads }) => watermarkOf(epoch, 3, heads[0]));
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

test('rows pruned that the city never had are exit code 1', () => {
  const path = auditFile(5);
  tamper(
    path,
    'UPDATE epoch SET pruned_seq = 2, pruned_head = (SELECT head FROM row WHERE seq = 2)',
    'DELETE FROM row WHERE seq <= 2',
  );
  const { exit, lines } = verified(path);
  expect(exit).toBe(1);
  expect(lines[0]).toContain('ROWS UP TO 2 REMOVED THAT THE CITY NEVER HAD');
});

test('a log without the epoch the city has rows of is exit code 1', () => {
  const path = auditFile(5);
  tamper(path, 'DELETE FROM row', 'DELETE FROM epoch');
  const { exit, lines } = verified(path, () => watermarkOf(new Uint8Array(8).fill(1), 100));
  expect(exit).toBe(1);
  expect(lines).toContain('epoch 0101010101010101: NOT HERE; the city has it up to row 100');
});

test('a log shorter than its witness is exit code 1, and one that has other rows', () => {
  const path = auditFile(5);
  const reader = openAudit(path);
  const epoch = reader.epochs()[0]?.epoch ?? ZERO;
  reader.close();
  const other = verified(path, undefined, { epoch, seq: 5, head: ZERO });
  expect([other.exit, other.lines[1]]).toEqual([1, expect.stringContaining('ROW 5 IS ANOTHER ONE')]);
  tamper(path, 'DELETE FROM row');
  const shorter = verified(path, undefined, { epoch, seq: 5, head: ZERO });
  expect([shorter.exit, shorter.lines[1]]).toEqual([1, expect.stringContaining('WAS WRITTEN UP TO ROW 5')]);
});

test('rows of no epoch are exit code 1', () => {
  const path = auditFile(5);
  alter(path, 'PRAGMA foreign_keys = OFF; DELETE FROM epoch');
  const { exit, lines } = verified(path);
  expect([exit, lines[0]]).toEqual([1, expect.stringMatching(/^ROWS OF NO EPOCH.*: 5$/)]);
});

test('rows none of which is one are not an empty epoch', () => {
  const path = auditFile(2);
  smuggle(path, 'row', [' STRICT,', '       ,'], "UPDATE row SET bytes = 'text', head = 'text'");
  const { exit, lines } = verified(path);
  expect([exit, lines[0]]).toEqual([1, expect.stringContaining('BROKEN at row 1: row missing')]);
});

test.for([
  ['an epoch without a proper name', 'INSERT INTO epoch VALUES (2, zeroblob(3), 0, zeroblob(32))'],
  ['a view', 'CREATE VIEW everything AS SELECT 1'],
] as const)('a file with %s is refused', ([, statement]) => {
  const path = auditFile(1);
  tamper(path, statement);
  expect(() => openAudit(path)).toThrow(/no audit store/);
});

function watermarkOf(epoch: Uint8Array, seq: number, head: Uint8Array = ZERO): Watermark {
  return { epoch, seq, head, forked: false };
}

const ZERO = new Uint8Array(32);

interface Written {
  readonly epoch: Uint8Array;
  readonly heads: readonly Uint8Array[];
}

function verified(path: string, watermark?: (written: Written) => Watermark, position?: AuditPosition) {
  const reader = openAudit(path);
  const city = new SyncStore(join(tempFolder(), 'sync.db'));
  const lines: string[] = [];
  try {
    const epoch = reader.epochs()[0]?.epoch ?? ZERO;
    const heads = reader.rowsAfter(epoch, 0, 10).map(({ head }) => head);
    if (watermark) city.saveWatermark(watermark({ epoch, heads }));
    const exit = verifyAudit(
      reader,
      { city, current: { position } },
      { say: (line) => lines.push(line), progress: () => undefined },
    );
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
