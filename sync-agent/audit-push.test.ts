import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateSigningKey } from '../licence/issue/signing-key.ts';
import { SyncStore } from '../terminal/store/sync-store.ts';
import { pushAudit, unacknowledged } from './audit-push.ts';
import { AuditSource } from './audit-source.ts';
import type { Outcome } from './fault.ts';
import { type AuditBench, openAuditBench } from './testing/audit-bench.ts';

let bench: AuditBench;
beforeEach(async () => {
  bench = await openAuditBench();
});
afterEach(() => bench.close());

const name = (outcome: Outcome<unknown>) => (outcome.ok ? outcome.value : outcome.fault.name);

test('without an audit store there is nothing to do', async () => {
  const nowhere = new AuditSource(`${bench.folder.root}/none.db`);
  const outcome = await pushAudit({ ...bench, reader: () => nowhere.reader() }, bench.signal);
  expect(name(outcome)).toBe(0);
});

test('every row reaches the city once, in order', async () => {
  bench.append(3);
  expect(name(await bench.push())).toBe(3);
  bench.append(2);
  expect(name(await bench.push())).toBe(2);
  expect(bench.city.audit.batches).toEqual([
    [1, 3],
    [4, 2],
  ]);
  expect(bench.watermark()).toMatchObject({ seq: 5, forked: false });
  expect(unacknowledged(bench.store, bench.source.reader())).toBe(0);
});

test('nothing is sent when everything is acknowledged', async () => {
  bench.append(1);
  await bench.push();
  bench.city.asked.length = 0;
  expect(name(await bench.push())).toBe(0);
  expect(bench.city.asked).toEqual([]);
});

test('a batch has at most 500 rows', async () => {
  bench.append(501);
  expect(name(await bench.push())).toBe(501);
  expect(bench.city.audit.batches).toEqual([
    [1, 500],
    [501, 1],
  ]);
});

test('a batch has at most 256 KiB of rows', async () => {
  bench.append(70, 3900);
  expect(name(await bench.push())).toBe(70);
  expect(bench.city.audit.batches).toHaveLength(2);
  expect(bench.atCity()).toBe(70);
});

test('a receipt that is lost, with the agent killed at that instant, counts no row twice', async () => {
  bench.append(3);
  bench.city.audit.losesReceipts = true;
  expect(name(await bench.push())).toBe('offline');
  expect(bench.atCity()).toBe(3);
  expect(bench.watermark()).toBeUndefined();
  bench.city.audit.losesReceipts = false;
  bench.append(1);
  const restarted = new SyncStore(bench.folder.syncDb);
  expect(name(await bench.push(restarted))).toBe(4);
  restarted.close();
  expect(bench.atCity()).toBe(4);
  expect(bench.watermark()?.seq).toBe(4);
});

test('a city that is ahead is believed, so that the terminal begins a new epoch', async () => {
  bench.append(2);
  bench.city.audit.tamper = (receipt) => ({ ...receipt, seq: 9, head: new Uint8Array(32) });
  expect(name(await bench.push())).toBe(2);
  expect(bench.watermark()).toMatchObject({ seq: 9, forked: false });
  expect(bench.log.heed(bench.watermark())).toBe(true);
});

test('epochs are pushed oldest first', async () => {
  bench.append(1);
  const first = bench.log.epoch;
  bench.log.heed({ epoch: first, seq: 9, head: new Uint8Array(32), forked: false });
  bench.append(2);
  expect(name(await bench.push())).toBe(3);
  expect([bench.atCity(first), bench.atCity()]).toEqual([1, 2]);
  expect(bench.city.audit.batches).toEqual([
    [1, 1],
    [1, 2],
  ]);
});

const SPOILERS: readonly [string, (desk: AuditBench['city']['audit']) => void, string][] = [
  [
    'by a stranger',
    (desk) => {
      desk.key = generateSigningKey();
    },
    'not-signed',
  ],
  [
    'for another terminal',
    (desk) => {
      desk.tamper = (receipt) => ({ ...receipt, terminalId: new Uint8Array(16) });
    },
    'wrong-terminal',
  ],
  [
    'for another epoch',
    (desk) => {
      desk.tamper = (receipt) => ({ ...receipt, epoch: new Uint8Array(8) });
    },
    'malformed',
  ],
  [
    'of before this push',
    (desk) => {
      desk.tamper = (receipt) => ({ ...receipt, seq: 0 });
    },
    'no-progress',
  ],
];

test.each(SPOILERS)('a receipt %s acknowledges nothing', async (_what, spoil, fault) => {
  bench.append(1);
  spoil(bench.city.audit);
  expect(name(await bench.push())).toBe(fault);
  expect(bench.watermark()).toBeUndefined();
});

test('a receipt raises the floor and leaves the offset', async () => {
  bench.store.saveSignedTime({ offsetMs: 77, floorMs: 1000 }, new Uint8Array(1));
  bench.append(1);
  await bench.push();
  expect(bench.store.signedTime()).toEqual({ offsetMs: 77, floorMs: bench.clock.wall });
});

test('new rows are noticed, and only once', async () => {
  expect(bench.source.changed()).toBe(true);
  expect(bench.source.changed()).toBe(false);
  bench.append(1);
  expect([bench.source.changed(), bench.source.changed()]).toEqual([true, false]);
});
