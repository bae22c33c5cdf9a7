import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openPtyPair } from '../drivers/testing/pty-pair.ts';
import { AuditReader } from './store/audit-reader.ts';
import { RETENTION_MS } from './store/audit-retention.ts';
import { eventsOf } from './testing/audit-chain.ts';
import { NOW_MS, phoneCode, signTime } from './testing/demo-city.ts';
import {
  type DemoTerminal,
  reasonOf,
  standStill,
  startDemoTerminal,
  startTerminal,
} from './testing/demo-terminal.ts';
import { HOUSEKEEPING_MS, SYNC_POLL_MS } from './upkeep.ts';

test('without a scanner that works it is out of service', async () => {
  const { terminal } = await startDemoTerminal({ scanners: [missingScanner()] });
  await vi.waitFor(() => {
    expect(terminal.view('kiosk').screen).toEqual({ name: 'out-of-service', cause: 'no-scanner' });
  });
  expect(await terminal.show(phoneCode())).toMatch(/without a simulated scanner/);
});

test('a wired scanner that is pulled out shows at the counter, although another one still reads', async () => {
  const cable = await openPtyPair();
  onTestFinished(() => cable.close());
  const wired = serialAt(cable.terminalEnd);
  const { terminal } = await startDemoTerminal({ scanners: [wired, { transport: 'simulated' }] });
  await vi.waitFor(() => expect(terminal.view('counter').scanner.state).toBe('ready'));
  const states: string[] = [];
  terminal.onChange(() => states.push(terminal.view('counter').scanner.state));
  await cable.unplug();
  await vi.waitFor(() => expect(states).toEqual(['searching']), { timeout: 3000 });
  expect(terminal.view('counter').screen).toEqual({ name: 'inviting' });
});

test('a store that fails takes it out of service, and nobody is told a verdict', async () => {
  const demo = await startDemoTerminal();
  sabotage(demo, "CREATE TRIGGER full BEFORE INSERT ON row BEGIN SELECT raise(ABORT, 'disk full'); END");
  await demo.terminal.show(phoneCode());
  expect(demo.terminal.view('kiosk').screen).toEqual({ name: 'out-of-service', cause: 'store-failed' });
  expect(demo.terminal.view('counter').history).toEqual([]);
  expect(demo.faults).toEqual(['audit log: disk full']);
});

test('it comes back into service by itself once the store can be written again', async () => {
  const demo = await startDemoTerminal();
  sabotage(demo, "CREATE TRIGGER full BEFORE INSERT ON row BEGIN SELECT raise(ABORT, 'disk full'); END");
  await demo.terminal.show(phoneCode());
  sabotage(demo, 'DROP TRIGGER full');
  await demo.until('inviting');
  expect(await reasonOf(demo, phoneCode())).toBe('accepted');
});

test('a code shown while out of service is neither judged nor used up', async () => {
  const demo = await startDemoTerminal();
  const code = phoneCode();
  sabotage(demo, "CREATE TRIGGER full BEFORE INSERT ON row BEGIN SELECT raise(ABORT, 'disk full'); END");
  await demo.terminal.show('nonsense');
  expect(await demo.terminal.show(code)).toMatch(/out of service/);
  sabotage(demo, 'DROP TRIGGER full');
  await demo.until('inviting');
  expect(eventsOf(demo.folder.auditDb)).not.toContain('verification');
  expect(await reasonOf(demo, code)).toBe('accepted');
});

test('a store restored from a backup begins a new epoch before its first row, so that no number is used twice', async () => {
  const { terminal, store, folder } = await startDemoTerminal();
  await terminal.show(phoneCode());
  const epoch = Buffer.from(terminal.status().audit.epoch, 'hex');
  await terminal.stop();
  store.saveWatermark({ epoch, seq: 50, head: new Uint8Array(32), forked: false });
  const again = startTerminal(folder);
  onTestFinished(() => again.stop());
  await again.show('nonsense');
  expect(eventsOf(folder.auditDb)).toEqual(['started', 'verification']);
  expect(again.status().audit).toMatchObject({ rows: 2, acknowledged: 0 });
  expect(again.status().audit.epoch).not.toBe(epoch.toString('hex'));
});

test("a damaged store of the agent's stops no terminal: it is out of service, and operators are told once", async () => {
  standStill();
  const { terminal, faults } = await startDemoTerminal({
    prepare: (store, _, { syncDb }) => {
      store.close();
      writeFileSync(syncDb, 'no database at all, but long enough to look like one'.repeat(20));
    },
  });
  vi.advanceTimersByTime(3 * SYNC_POLL_MS);
  expect(terminal.view('kiosk').screen).toEqual({ name: 'out-of-service', cause: 'not-enrolled' });
  expect(faults).toEqual(['sync store: file is not a database']);
});

test('housekeeping removes rows past their retention that the city has, also those of an ended epoch', async () => {
  standStill();
  const { terminal, store, clock, folder } = await startDemoTerminal();
  await terminal.show('nonsense 1');
  const ended = Buffer.from(terminal.status().audit.epoch, 'hex');
  store.saveWatermark({ epoch: ended, seq: 1, head: new Uint8Array(32), forked: true });
  vi.advanceTimersByTime(SYNC_POLL_MS);
  await terminal.show('nonsense 2');
  clock.advance(RETENTION_MS + 1);
  vi.advanceTimersByTime(HOUSEKEEPING_MS);
  const reader = AuditReader.open(folder.auditDb);
  onTestFinished(() => reader?.close());
  const seqs = () => reader?.rowsAfter(ended, 0, 10).map(({ seq }) => seq);
  expect(seqs()).toEqual([1, 2]); // the clock alone may say what it likes
  const signNow = () => {
    signTime(store, { offsetMs: 0, floorMs: clock.now() });
    vi.advanceTimersByTime(HOUSEKEEPING_MS);
  };
  signNow();
  expect(seqs()).toEqual([1, 2]); // forked: the city's rows are others
  store.saveForkSent(ended, 2);
  signNow(); // from now on the city has them
  expect(seqs()).toEqual([1, 2]);
  clock.advance(RETENTION_MS + 1);
  signNow();
  expect(seqs()).toEqual([]);
  expect(eventsOf(folder.auditDb)).toContain('verification'); // of the new epoch, which the city doesn't have
});

test('housekeeping that a full disk refuses is told, and scans go on', async () => {
  standStill();
  const demo = await startDemoTerminal();
  expect(await reasonOf(demo, phoneCode())).toBe('accepted');
  sabotage(
    demo,
    "CREATE TRIGGER full BEFORE DELETE ON used_proof BEGIN SELECT raise(ABORT, 'disk full'); END",
  );
  demo.clock.advance(RETENTION_MS);
  signTime(demo.store, { offsetMs: 0, floorMs: demo.clock.now() });
  vi.advanceTimersByTime(2 * HOUSEKEEPING_MS);
  expect(demo.faults).toEqual(['housekeeping: disk full']);
  expect(await reasonOf(demo, 'nonsense')).toBe('not-a-licence-code');
});

test('a used code stays used when the clock is put ahead and back again', async () => {
  standStill();
  const demo = await startDemoTerminal();
  const code = phoneCode();
  expect(await reasonOf(demo, code)).toBe('accepted');
  await demo.terminal.command({ type: 'dismiss' });
  demo.clock.jumpTo(NOW_MS + 10 * 60_000);
  vi.advanceTimersByTime(HOUSEKEEPING_MS);
  expect(await reasonOf(demo, 'nonsense')).toBe('not-a-licence-code');
  demo.clock.jumpTo(NOW_MS);
  expect(await reasonOf(demo, code)).toBe('clock-untrusted');
  signTime(demo.store, { offsetMs: 0, floorMs: NOW_MS + 1 });
  vi.advanceTimersByTime(SYNC_POLL_MS);
  await demo.terminal.command({ type: 'dismiss' });
  expect(await reasonOf(demo, code)).toBe('code-replayed');
});

test('each of several codes shown at once is told its own verdict', async () => {
  const { terminal } = await startDemoTerminal();
  const answers = await Promise.all([terminal.show('nonsense'), terminal.show(phoneCode())]);
  expect(answers).toMatchObject([{ reason: 'not-a-licence-code' }, { reason: 'accepted' }]);
});

function serialAt(target: string) {
  return { transport: 'serial', target, role: 'main', holdOffMs: 0, scansPerSecond: 0 } as const;
}

function missingScanner() {
  return serialAt('/dev/there-is-no-scanner');
}

function sabotage({ folder }: DemoTerminal, sql: string): void {
  const db = new Database(folder.auditDb);
  db.exec(sql);
  db.close();
}
