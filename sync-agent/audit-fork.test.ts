import { afterEach, beforeEach, expect, test } from 'vitest';
import { SyncStore } from '../terminal/store/sync-store.ts';
import { unacknowledged } from './audit-push.ts';
import type { Outcome } from './fault.ts';
import { type AuditBench, openAuditBench } from './testing/audit-bench.ts';
import { refuse } from './testing/fake-city.ts';

let bench: AuditBench;
beforeEach(async () => {
  bench = await openAuditBench();
});
afterEach(() => bench.close());

const name = (outcome: Outcome<unknown>) => (outcome.ok ? outcome.value : outcome.fault.name);

test('other rows under the same numbers are a fork, kept for the terminal to see', async () => {
  bench.append(2);
  bench.city.audit.losesReceipts = true;
  await bench.push();
  bench.city.audit.losesReceipts = false;
  bench.otherRow();
  expect(name(await bench.push())).toBe('fork');
  expect(bench.watermark()).toMatchObject({ seq: 2, forked: true });
  expect(bench.log.heed(bench.watermark())).toBe(true);
});

test('every row of a forked epoch reaches the city, batch by batch, then it is an error no more', async () => {
  await forked(1100);
  expect(unacknowledged(bench.store, bench.source.reader())).toBe(1100);
  expect(name(await bench.push())).toBe(1100);
  expect(bench.beside()).toBe(1099);
  expect(unacknowledged(bench.store, bench.source.reader())).toBe(0);
  expect(bench.watermark()?.forked).toBe(true);
  bench.city.asked.length = 0;
  expect(name(await bench.push())).toBe(0);
  expect(bench.city.asked).toEqual([]);
});

test('a forked epoch not yet shown whole is an error, and a restarted agent goes on where it was', async () => {
  await forked(1100);
  let batches = 0;
  bench.city.intercept = (_request, response) => {
    batches += 1;
    if (batches > 1) refuse(response, 503, 'busy');
    return batches > 1;
  };
  expect(name(await bench.push())).toBe('busy');
  bench.city.intercept = () => false;
  const restarted = new SyncStore(bench.folder.syncDb);
  expect(name(await bench.push(restarted))).toBe(600);
  restarted.close();
  expect(bench.beside()).toBe(1099);
});

test('an old receipt played again counts no row of a forked epoch as shown', async () => {
  await forked(3);
  bench.append(1);
  const replay = await bench.recordReceipt(200);
  bench.append(1);
  replay();
  expect(name(await bench.push())).toBe('no-progress');
  bench.city.intercept = () => false;
  expect(name(await bench.push())).toBe(1);
  expect(bench.beside()).toBe(4);
});

test('a forked epoch the city keeps no more of stays an error', async () => {
  await forked(3);
  bench.city.audit.full = true;
  for (let run = 0; run < 2; run++) expect(name(await bench.push())).toBe('fork');
  expect(unacknowledged(bench.store, bench.source.reader())).toBe(3);
});

test('a store that was rolled back hears of its fork also from a city that keeps no more of it', async () => {
  await forked(3);
  bench.city.audit.full = true;
  bench.store.saveWatermark({ epoch: bench.log.epoch, seq: 0, head: new Uint8Array(32), forked: false });
  expect(name(await bench.push())).toBe('fork');
  expect(bench.log.heed(bench.watermark())).toBe(true);
});

test('a forked epoch holds up no later one', async () => {
  await forked(2);
  bench.log.heed(bench.watermark());
  bench.append(2);
  expect(name(await bench.push())).toBe(4);
  expect(bench.atCity()).toBe(2);
});

test('a store whose chain is not the acknowledged one proves its fork to the city', async () => {
  bench.append(3);
  await bench.push();
  bench.otherRow();
  bench.store.saveWatermark({
    epoch: bench.log.epoch,
    seq: 3,
    head: new Uint8Array(32).fill(1),
    forked: false,
  });
  bench.append(1);
  expect(name(await bench.push())).toBe('fork');
  expect(bench.watermark()).toMatchObject({ seq: 3, forked: true });
  expect(name(await bench.push())).toBe(4);
  expect(bench.beside()).toBe(2);
});

/** The city holds another row 2 than this store, and has just said so. */
async function forked(rows: number): Promise<void> {
  // each receipt later than the one before, and the terminal knows a signed time: only so can an old one be told
  bench.city.now = () => ++bench.clock.wall;
  bench.store.saveSignedTime({ offsetMs: 0, floorMs: bench.clock.wall }, new Uint8Array(1));
  bench.append(2);
  bench.city.audit.losesReceipts = true;
  await bench.push();
  bench.city.audit.losesReceipts = false;
  bench.otherRow();
  bench.append(rows - 2);
  expect(name(await bench.push())).toBe('fork');
}
