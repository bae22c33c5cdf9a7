import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_BATCH_BYTES, MAX_BATCH_ROWS } from '../../licence/audit/batch.ts';
import { type AuditReceipt, openAuditReceipt } from '../../licence/audit/receipt.ts';
import { generateSigningKey } from '../../licence/issue/signing-key.ts';
import { MAX_FORK_ROWS } from '../audit/fork-rows.ts';
import { problemOf, receiptOfProblem } from '../testing/problem-code.ts';
import { startTestCity, type TestCity } from '../testing/start-test-city.ts';
import { TestChain, TestTerminal } from '../testing/test-terminal.ts';

let running: TestCity;
let terminal: TestTerminal;
beforeEach(async () => {
  running = await startTestCity();
  terminal = await TestTerminal.enrolled(running);
});
afterEach(() => running.close());

const push = (batch: Uint8Array) => terminal.post('/v1/audit', batch);

test('a receipt names the last row, its head and the city’s time', async () => {
  const chain = new TestChain(terminal).add(3);
  const { id: terminalId } = terminal;
  expect(await receipt(await push(chain.batch(1, 3)))).toEqual({
    terminalId,
    epoch: chain.epoch,
    seq: 3,
    head: chain.headAt(3),
    unixMs: running.clock.unixMs,
    forked: false,
  });
});

test('what has a receipt is held, row for row', async () => {
  const chain = new TestChain(terminal).add(3);
  await push(chain.batch(1, 2));
  await push(chain.batch(3, 3));
  expect(await heldSeqs()).toEqual([1, 2, 3]);
});

test('a batch sent again is held once and gets the same position', async () => {
  const chain = new TestChain(terminal).add(3);
  await push(chain.batch(1, 3));
  expect((await receipt(await push(chain.batch(1, 3)))).seq).toBe(3);
  expect(await heldSeqs()).toEqual([1, 2, 3]);
});

test('a batch that overlaps adds only what is new', async () => {
  const chain = new TestChain(terminal).add(5);
  await push(chain.batch(1, 3));
  expect((await receipt(await push(chain.batch(2, 5)))).seq).toBe(5);
  expect(await heldSeqs()).toEqual([1, 2, 3, 4, 5]);
});

test('an old batch is answered with the newest position', async () => {
  const chain = new TestChain(terminal).add(5);
  await push(chain.batch(1, 5));
  const answered = await receipt(await push(chain.batch(1, 2)));
  expect(answered).toMatchObject({ seq: 5, head: chain.headAt(5), forked: false });
});

test('the same batch sent twice at once is held once', async () => {
  const chain = new TestChain(terminal).add(50);
  const answers = await Promise.all([push(chain.batch(1, 50)), push(chain.batch(1, 50))]);
  expect(await Promise.all(answers.map(async (answer) => (await receipt(answer)).seq))).toEqual([50, 50]);
  expect(await heldSeqs()).toHaveLength(50);
});

test('a gap is refused with the signed position expected', async () => {
  const chain = new TestChain(terminal).add(5);
  await push(chain.batch(1, 2));
  const answer = await push(chain.batch(4, 5));
  expect(await problemOf(answer.clone())).toBe('409 gap');
  const opened = open(await receiptOfProblem(answer));
  expect(opened).toMatchObject({ seq: 2, head: chain.headAt(2), forked: false });
  expect(await heldSeqs()).toEqual([1, 2]);
});

test('a gap at the start of an epoch expects its first row', async () => {
  const chain = new TestChain(terminal).add(5);
  const answer = await push(chain.batch(4, 5));
  expect(open(await receiptOfProblem(answer))).toMatchObject({ seq: 0, head: chain.headAt(0) });
});

test('rows that differ under held numbers are a fork: both are kept and the terminal is flagged', async () => {
  const chain = new TestChain(terminal).add(4);
  const clone = chain.cloneAt(2).add(3, 'verdict', 'another disk');
  await push(chain.batch(1, 4));
  const answered = await receipt(await push(clone.batch(1, 5)));
  expect(answered).toMatchObject({ seq: 4, head: chain.headAt(4), forked: true });
  expect((await running.city.terminals.list())[0]?.forked_at).toBe(running.clock.unixMs);
  const [epoch] = await running.city.auditLog.epochs();
  expect(epoch).toMatchObject({ seq: 4, forkedRows: 3 });
});

test('rows that follow another head are a fork, not an append', async () => {
  const chain = new TestChain(terminal).add(2);
  const clone = chain.cloneAt(1).add(2, 'verdict', 'another disk');
  await push(chain.batch(1, 2));
  expect(await receipt(await push(clone.batch(3, 3)))).toMatchObject({ seq: 2, forked: true });
  expect(await heldSeqs()).toEqual([1, 2]);
});

test('after a fork the true chain goes on', async () => {
  const chain = new TestChain(terminal).add(3);
  const clone = chain.cloneAt(1).add(1, 'verdict', 'another disk');
  await push(chain.batch(1, 2));
  await push(clone.batch(2, 2));
  expect(await receipt(await push(chain.batch(3, 3)))).toMatchObject({ seq: 3, forked: false });
});

test('rows that follow a fork are kept beside the chain, however many batches they are', async () => {
  const { chain, clone } = await fork();
  const answered = await receipt(await push(clone.batch(6, 7)));
  expect(answered).toMatchObject({ seq: 3, head: chain.headAt(3), forked: true });
  expect(await receipt(await push(clone.batch(8, 9)))).toMatchObject({ seq: 3, forked: true });
  expect((await running.city.auditLog.epochs())[0]).toMatchObject({ seq: 3, forkedRows: 7 });
  expect(await heldSeqs()).toEqual([1, 2, 3]);
});

test('a batch that follows a fork and is sent again is kept once', async () => {
  const { clone } = await fork();
  await push(clone.batch(6, 8));
  expect(await receipt(await push(clone.batch(6, 9)))).toMatchObject({ seq: 3, forked: true });
  expect((await running.city.auditLog.epochs())[0]?.forkedRows).toBe(7);
});

test('the true chain goes on past the numbers kept beside it', async () => {
  const { chain, clone } = await fork();
  await push(clone.batch(6, 7));
  const answered = await receipt(await push(chain.add(6).batch(4, 9)));
  expect(answered).toMatchObject({ seq: 9, head: chain.headAt(9), forked: false });
  expect(await heldSeqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a fork of one epoch leaves a gap in another a gap', async () => {
  await fork();
  const other = new TestChain(terminal).add(5);
  expect(await problemOf(await push(other.batch(4, 5)))).toBe('409 gap');
});

test('past the limit of forked rows none are kept, and the signed position still says forked', async () => {
  const { chain, clone } = await fork();
  fillForks(running.data, chain.epoch, MAX_FORK_ROWS - 4);
  const answer = await push(clone.batch(6, 7));
  expect(await problemOf(answer.clone())).toBe('409 fork-full');
  expect(open(await receiptOfProblem(answer))).toMatchObject({ seq: 3, forked: true });
  expect((await running.city.auditLog.epochs())[0]?.forkedRows).toBe(MAX_FORK_ROWS - 1);
  expect(await receipt(await push(clone.batch(3, 5)))).toMatchObject({ seq: 3, forked: true });
  expect(await receipt(await push(clone.batch(6, 6)))).toMatchObject({ seq: 3, forked: true });
  expect(await receipt(await push(chain.add(1).batch(4, 4)))).toMatchObject({ seq: 4, forked: false });
});

test('a row 1 that doesn’t begin the chain of its epoch is malformed', async () => {
  const chain = new TestChain(terminal).add(1);
  chain.heads[0] = new Uint8Array(32);
  expect(await problemOf(await push(chain.batch(1, 1)))).toBe('400 malformed');
});

test('a second epoch of a terminal stands beside the first', async () => {
  const first = new TestChain(terminal).add(2);
  const second = new TestChain(terminal).add(1);
  await push(first.batch(1, 2));
  expect(await receipt(await push(second.batch(1, 1)))).toMatchObject({ epoch: second.epoch, seq: 1 });
  expect(await running.city.auditLog.epochs(terminal.id)).toHaveLength(2);
});

test('a batch signed by an unknown key is refused', async () => {
  const chain = new TestChain(terminal).add(1);
  expect(await problemOf(await push(chain.batch(1, 1, generateSigningKey())))).toBe('401 unknown-terminal');
});

test('a batch whose signature is not the terminal’s is refused', async () => {
  const forger = { ...generateSigningKey(), kid: terminal.key.kid };
  const chain = new TestChain(terminal).add(1);
  expect(await problemOf(await push(chain.batch(1, 1, forger)))).toBe('401 not-proved');
  expect(await heldSeqs()).toEqual([]);
});

test('a terminal can’t push rows of another terminal', async () => {
  const other = await TestTerminal.enrolled(running);
  const chain = new TestChain(other).add(1);
  expect(await problemOf(await push(chain.batch(1, 1, terminal.key)))).toBe('401 not-proved');
});

test('rows that name another epoch than their batch are malformed', async () => {
  const chain = new TestChain(terminal).add(1);
  chain.epoch[0] = (chain.epoch[0] ?? 0) ^ 1;
  expect(await problemOf(await push(chain.batch(1, 1)))).toBe('400 malformed');
});

test('rows out of their numbers are malformed', async () => {
  const chain = new TestChain(terminal).add(3);
  chain.rows.reverse();
  expect(await problemOf(await push(chain.batch(1, 3)))).toBe('400 malformed');
});

test('a full batch is taken in one go', async () => {
  const chain = new TestChain(terminal).add(MAX_BATCH_ROWS);
  expect((await receipt(await push(chain.batch(1, MAX_BATCH_ROWS)))).seq).toBe(MAX_BATCH_ROWS);
});

test('one row more than a batch may have is malformed', async () => {
  const chain = new TestChain(terminal).add(MAX_BATCH_ROWS + 1);
  expect(await problemOf(await push(chain.batch(1, MAX_BATCH_ROWS + 1)))).toBe('400 malformed');
});

test('a batch past the size limit is too large', async () => {
  const rows = Math.ceil(MAX_BATCH_BYTES / 3800) + 1;
  const chain = new TestChain(terminal).add(rows, 'verdict', 'x'.repeat(3800));
  expect(await problemOf(await push(chain.batch(1, rows)))).toBe('413 too-large');
});

test('bytes that are no COSE are malformed', async () => {
  expect(await problemOf(await push(new Uint8Array([1, 2, 3])))).toBe('400 malformed');
});

test('a row that could steer the screen it is listed on is malformed', async () => {
  const chain = new TestChain(terminal).add(1);
  const [row = new Uint8Array()] = chain.rows;
  chain.rows[0] = Buffer.from(Buffer.from(row).toString('latin1').replace('verdict', 'verdi\nt'), 'latin1');
  expect(await problemOf(await push(chain.batch(1, 1)))).toBe('400 malformed');
});

test('a stored row that was changed is found by the chain check', async () => {
  const chain = new TestChain(terminal).add(3);
  await push(chain.batch(1, 3));
  const [epoch] = await running.city.auditLog.epochs();
  if (!epoch) throw new Error('no epoch');
  expect(await running.city.auditLog.checkChain(epoch)).toEqual({ whole: true });
  changeRow(running.data, 2);
  expect(await running.city.auditLog.checkChain(epoch)).toEqual({ whole: false, seq: 2 });
});

/** A city that holds rows 1 to 3, and 3 to 5 of a clone beside them; the clone has 9. */
async function fork(): Promise<{ readonly chain: TestChain; readonly clone: TestChain }> {
  const chain = new TestChain(terminal).add(3);
  const clone = chain.cloneAt(2).add(7, 'verdict', 'another disk');
  await push(chain.batch(1, 3));
  await push(clone.batch(1, 5));
  return { chain, clone };
}

async function heldSeqs(): Promise<number[]> {
  const seqs: number[] = [];
  for (const epoch of await running.city.auditLog.epochs(terminal.id)) {
    for await (const row of running.city.auditLog.rows(epoch)) seqs.push(row.seq);
  }
  return seqs;
}

async function receipt(answer: Response): Promise<AuditReceipt> {
  expect(answer.status).toBe(200);
  return open(await answer.bytes());
}

function open(bytes: Uint8Array): AuditReceipt {
  const opened = openAuditReceipt(bytes, [running.city.keys.city.publicKey], running.city.verifier);
  if (!opened.ok) throw new Error(opened.detail);
  return opened.value;
}

/** Puts this many rows more beside the epoch's chain, far from its numbers. */
function fillForks(data: string, epoch: Uint8Array, count: number): void {
  const file = new Database(join(data, 'city.db'));
  file
    .prepare(
      `WITH RECURSIVE n (seq) AS (SELECT 1000000 UNION ALL SELECT seq + 1 FROM n LIMIT ?)
       INSERT INTO audit_fork SELECT ?, ?, seq, zeroblob(32), zeroblob(1), 0 FROM n`,
    )
    .run(count, terminal.id, epoch);
  file.close();
}

/** As somebody with the file in hands would. */
function changeRow(data: string, seq: number): void {
  const file = new Database(join(data, 'city.db'));
  file.prepare('UPDATE audit_row SET bytes = zeroblob(length(bytes)) WHERE seq = ?').run(seq);
  file.close();
}
