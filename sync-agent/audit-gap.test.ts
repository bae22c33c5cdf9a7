import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SyncStore } from '../terminal/store/sync-store.ts';
import type { Outcome } from './fault.ts';
import { type AuditBench, openAuditBench } from './testing/audit-bench.ts';
import { refuse } from './testing/fake-city.ts';

let bench: AuditBench;
beforeEach(async () => {
  bench = await openAuditBench();
});
afterEach(() => bench.close());

const name = (outcome: Outcome<unknown>) => (outcome.ok ? outcome.value : outcome.fault.name);

test('a city that lost rows says where it stands and gets them again', async () => {
  bench.append(3);
  await bench.push();
  bench.city.audit.epochs.clear();
  bench.append(1);
  expect(name(await bench.push())).toBe(4);
  expect(bench.atCity()).toBe(4);
  expect(bench.watermark()?.seq).toBe(4);
});

test('a gap without a receipt by the city moves nothing', async () => {
  bench.append(3);
  await bench.push();
  bench.city.intercept = (_request, response) => {
    refuse(response, 409, 'gap');
    return true;
  };
  bench.append(1);
  expect(name(await bench.push())).toBe('refused');
  expect(bench.watermark()?.seq).toBe(3);
});

test('a city that names gap after gap is left alone', async () => {
  bench.append(1);
  bench.city.audit.tamper = (receipt) => ({ ...receipt, seq: receipt.seq > 1 ? 0 : receipt.seq });
  await bench.push();
  const head = bench.watermark()?.head ?? new Uint8Array(32);
  bench.city.audit.epochs.clear();
  bench.city.audit.tamper = (receipt) => ({ ...receipt, seq: 1, head });
  bench.append(1);
  expect(name(await bench.push())).toBe('no-progress');
  expect(bench.city.count('POST /v1/audit')).toBe(2);
});

test('rows that are gone hold up no later epoch', async () => {
  bench.append(1);
  await bench.push();
  bench.prune(1);
  bench.city.audit.epochs.clear();
  bench.append(1);
  bench.log.heed({ epoch: bench.log.epoch, seq: 9, head: new Uint8Array(32), forked: false });
  bench.append(2);
  expect(name(await bench.push())).toBe('rows-missing');
  expect(bench.atCity()).toBe(2);
});

test('rows that are gone are asked for at every push, until the city has them again', async () => {
  bench.append(3);
  await bench.push();
  bench.prune(2);
  const backup = bench.city.audit.rows(bench.log.epoch).length;
  const kept = new Map(bench.city.audit.epochs);
  bench.restoreCity(1);
  bench.append(1);
  expect(name(await bench.push())).toBe('rows-missing');
  expect(bench.watermark()?.seq).toBe(backup);
  for (const [epoch, held] of kept) bench.city.audit.epochs.set(epoch, held);
  expect(name(await bench.push())).toBe(1);
  expect(bench.atCity()).toBe(4);
});

test('a lost sync.db, after rows were pruned, is made up for by what the city says', async () => {
  bench.append(5);
  await bench.push();
  bench.prune(3);
  bench.append(1);
  rmSync(bench.folder.syncDb);
  const fresh = new SyncStore(bench.folder.syncDb);
  expect(name(await bench.push(fresh))).toBe(3);
  expect(fresh.watermark(bench.log.epoch)).toMatchObject({ seq: 6, forked: false });
  fresh.close();
  expect(bench.atCity()).toBe(6);
});

test('a city restored from a backup gets every row again that is still here', async () => {
  bench.append(5);
  await bench.push();
  bench.prune(2);
  bench.restoreCity(3);
  bench.append(1);
  expect(name(await bench.push())).toBe(3);
  expect(bench.atCity()).toBe(6);
  expect(bench.watermark()).toMatchObject({ seq: 6, forked: false });
});

test.each([0, 2])(
  'an old receipt played again in a gap, %i rows pruned since, only delays',
  async (pruned) => {
    bench.append(1);
    const replay = await bench.recordReceipt(409);
    bench.append(3);
    await bench.push();
    if (pruned) bench.prune(pruned);
    bench.append(2);
    replay();
    expect((await bench.push()).ok).toBe(false);
    expect(bench.watermark()?.seq).toBe(4);
    bench.city.intercept = () => false;
    expect(name(await bench.push())).toBe(2);
    expect(bench.atCity()).toBe(6);
  },
);

test('rows that a city which is ahead was not sent yet are sent before it is believed', async () => {
  bench.append(501);
  bench.city.audit.tamper = (receipt) => ({ ...receipt, seq: 900, head: new Uint8Array(32) });
  expect(name(await bench.push())).toBe(501);
  expect(bench.atCity()).toBe(501);
  expect(bench.watermark()).toMatchObject({ seq: 900, forked: false });
});
