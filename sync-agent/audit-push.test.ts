import { afterEach, beforeEach, expect, test } from 'vitest';
import { chainStart } from '../licence/audit/row.ts';
import { generateSigningKey } from '../licence/issue/signing-key.ts';
import { AuditLog } from '../terminal/store/audit-log.ts';
import { SyncStore } from '../terminal/store/sync-store.ts';
import { pushAudit, unacknowledged } from './audit-push.ts';
import { AuditSource } from './audit-source.ts';
import type { Outcome } from './fault.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { refuse } from './testing/fake-city.ts';

let bench: Bench;
let log: AuditLog;
let source: AuditSource;
beforeEach(async () => {
  bench = await openBench();
  await bench.trusting();
  log = AuditLog.open(bench.folder.auditDb, bench.identity.terminalId);
  source = new AuditSource(bench.folder.auditDb);
});
afterEach(async () => {
  source.close();
  log.close();
  await bench.close();
});

const push = (store: SyncStore = bench.store) =>
  pushAudit({ ...bench, store, reader: () => source.reader() }, bench.signal);
const name = (outcome: Outcome<unknown>) => (outcome.ok ? outcome.value : outcome.fault.name);
const atCity = (epoch = log.epoch) => bench.city.audit.rows(epoch).length;
const watermark = () => bench.store.watermark(log.epoch);

function append(count: number, bytes = 0): void {
  for (let i = 0; i < count; i++) {
    const detail = new Map([['detail', 'x'.repeat(bytes)]]);
    log.append({ event: 'scan', unixMs: bench.clock.wall, public: detail, sealed: null });
  }
}

/** The row a cloned disk would have written under the same number. */
function otherRow(): void {
  const held = bench.city.audit.epochs.get(Buffer.from(log.epoch).toString('hex'));
  if (!held) throw new Error('the city holds nothing');
  held.rows[held.rows.length - 1] = new Uint8Array([1]);
  held.head = new Uint8Array(32).fill(1);
}

test('without an audit store there is nothing to do', async () => {
  const nowhere = new AuditSource(`${bench.folder.root}/none.db`);
  const outcome = await pushAudit({ ...bench, reader: () => nowhere.reader() }, bench.signal);
  expect(name(outcome)).toBe(0);
});

test('every row reaches the city once, in order', async () => {
  append(3);
  expect(name(await push())).toBe(3);
  append(2);
  expect(name(await push())).toBe(2);
  expect(bench.city.audit.batches).toEqual([
    [1, 3],
    [4, 2],
  ]);
  expect(watermark()).toMatchObject({ seq: 5, forked: false });
  expect(unacknowledged(bench.store, source.reader())).toBe(0);
});

test('nothing is sent when everything is acknowledged', async () => {
  append(1);
  await push();
  bench.city.asked.length = 0;
  expect(name(await push())).toBe(0);
  expect(bench.city.asked).toEqual([]);
});

test('a batch has at most 500 rows', async () => {
  append(501);
  expect(name(await push())).toBe(501);
  expect(bench.city.audit.batches).toEqual([
    [1, 500],
    [501, 1],
  ]);
});

test('a batch has at most 256 KiB of rows', async () => {
  append(70, 3900);
  expect(name(await push())).toBe(70);
  expect(bench.city.audit.batches).toHaveLength(2);
  expect(atCity()).toBe(70);
});

test('a receipt that is lost, with the agent killed at that instant, counts no row twice', async () => {
  append(3);
  bench.city.audit.losesReceipts = true;
  expect(name(await push())).toBe('offline');
  expect(atCity()).toBe(3);
  expect(watermark()).toBeUndefined();
  bench.city.audit.losesReceipts = false;
  append(1);
  const restarted = new SyncStore(bench.folder.syncDb);
  expect(name(await push(restarted))).toBe(4);
  restarted.close();
  expect(atCity()).toBe(4);
  expect(watermark()?.seq).toBe(4);
});

test('a city that lost rows says where it stands and gets them again', async () => {
  append(3);
  await push();
  bench.city.audit.epochs.clear();
  append(1);
  expect(name(await push())).toBe(4);
  expect(atCity()).toBe(4);
  expect(watermark()?.seq).toBe(4);
});

test('a gap without a receipt by the city moves nothing', async () => {
  append(3);
  await push();
  bench.city.intercept = (_request, response) => {
    refuse(response, 409, 'gap');
    return true;
  };
  append(1);
  expect(name(await push())).toBe('refused');
  expect(watermark()?.seq).toBe(3);
});

test('a city that names gap after gap is left alone', async () => {
  append(1);
  bench.city.audit.tamper = (receipt) => ({ ...receipt, seq: receipt.seq > 1 ? 0 : receipt.seq });
  await push();
  bench.city.audit.epochs.clear();
  bench.city.audit.tamper = (receipt) => ({ ...receipt, seq: 1 });
  append(1);
  expect(name(await push())).toBe('no-progress');
  expect(bench.city.count('POST /v1/audit')).toBe(2);
});

test('other rows under the same numbers are a fork, kept for the terminal to see', async () => {
  append(2);
  bench.city.audit.losesReceipts = true;
  await push();
  bench.city.audit.losesReceipts = false;
  otherRow();
  expect(name(await push())).toBe('fork');
  expect(watermark()).toMatchObject({ seq: 2, forked: true });
  expect(log.heed(watermark())).toBe(true);
});

test('a forked epoch is left, the next one is pushed', async () => {
  append(2);
  bench.city.audit.losesReceipts = true;
  await push();
  bench.city.audit.losesReceipts = false;
  otherRow();
  await push();
  log.heed(watermark());
  append(2);
  expect(name(await push())).toBe(2);
  expect(atCity()).toBe(2);
});

test('a store whose chain is not the acknowledged one proves its fork to the city', async () => {
  append(3);
  await push();
  otherRow();
  bench.store.saveWatermark({ epoch: log.epoch, seq: 3, head: new Uint8Array(32).fill(1), forked: false });
  append(1);
  expect(name(await push())).toBe('fork');
  expect(watermark()).toMatchObject({ seq: 3, forked: true });
});

test('a city that is ahead is believed, so that the terminal begins a new epoch', async () => {
  append(2);
  bench.city.audit.tamper = (receipt) => ({ ...receipt, seq: 9, head: new Uint8Array(32) });
  expect(name(await push())).toBe(2);
  expect(watermark()).toMatchObject({ seq: 9, forked: false });
  expect(log.heed(watermark())).toBe(true);
});

test('epochs are pushed oldest first', async () => {
  append(1);
  const first = log.epoch;
  log.heed({ epoch: first, seq: 9, head: new Uint8Array(32), forked: false });
  append(2);
  expect(name(await push())).toBe(3);
  expect([atCity(first), atCity()]).toEqual([1, 2]);
  expect(bench.city.audit.batches).toEqual([
    [1, 1],
    [1, 2],
  ]);
});

test('rows that are gone hold up no later epoch', async () => {
  append(1);
  const first = log.epoch;
  const begin = { epoch: first, seq: 0, head: chainStart(bench.identity.terminalId, first), forked: false };
  await push();
  log.prune({ ...begin, seq: 1 }, bench.clock.wall + 400 * 86_400_000);
  append(1);
  bench.store.saveWatermark(begin);
  log.heed({ ...begin, forked: true });
  append(2);
  expect(name(await push())).toBe('rows-missing');
  expect(atCity()).toBe(2);
});

const SPOILERS: readonly [string, (desk: Bench['city']['audit']) => void, string][] = [
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
  append(1);
  spoil(bench.city.audit);
  expect(name(await push())).toBe(fault);
  expect(watermark()).toBeUndefined();
});

test('a receipt raises the floor and leaves the offset', async () => {
  bench.store.saveSignedTime({ offsetMs: 77, floorMs: 1000 });
  append(1);
  await push();
  expect(bench.store.signedTime()).toEqual({ offsetMs: 77, floorMs: bench.clock.wall });
});

test('new rows are noticed, and only once', async () => {
  expect(source.changed()).toBe(true);
  expect(source.changed()).toBe(false);
  append(1);
  expect([source.changed(), source.changed()]).toEqual([true, false]);
});
