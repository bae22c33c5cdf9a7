import { existsSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openPtyPair } from '../drivers/testing/pty-pair.ts';
import { LIST_INDEX, NOW } from '../licence/testing/demo-issuer.ts';
import { RETENTION_MS } from './store/audit-log.ts';
import { AuditReader } from './store/audit-reader.ts';
import { HOUSEKEEPING_MS, SYNC_POLL_MS } from './terminal.ts';
import { rowsOf } from './testing/audit-chain.ts';
import { NOW_MS, phoneCode, revocationList } from './testing/demo-city.ts';
import { type DemoTerminal, startDemoTerminal, startTerminal } from './testing/demo-terminal.ts';

test('a terminal no city knows is out of service and says so', async () => {
  const { terminal } = await startDemoTerminal({ prepare: notEnrolled });
  for (const face of ['kiosk', 'counter'] as const) {
    expect(terminal.view(face).screen).toEqual({ name: 'out-of-service', cause: 'not-enrolled' });
  }
});

test('a terminal that starts before its agent waits for it', async () => {
  const { terminal } = await startDemoTerminal({
    prepare: (store, _, { syncDb }) => {
      store.close();
      for (const end of ['', '-wal', '-shm']) rmSync(`${syncDb}${end}`, { force: true });
    },
  });
  expect(terminal.view('kiosk').screen).toEqual({ name: 'out-of-service', cause: 'not-enrolled' });
  expect(await terminal.show(phoneCode())).toBe('this terminal is still starting');
});

test('it invites as soon as its agent has enrolled it', async () => {
  const { store, city, until } = await startDemoTerminal({ prepare: notEnrolled });
  city.enrol(store);
  await until('inviting');
});

test('it starts inviting where it was enrolled before', async () => {
  const { terminal } = await startDemoTerminal();
  expect(terminal.view('kiosk').screen).toEqual({ name: 'inviting' });
});

test('a good code is accepted at kiosk and counter', async () => {
  const { terminal } = await startDemoTerminal();
  await terminal.show(phoneCode());
  for (const face of ['kiosk', 'counter'] as const) {
    expect(terminal.view(face).screen).toMatchObject({ name: 'verdict', reason: 'accepted' });
  }
});

test('the fields of an accepted licence are shown masked', async () => {
  const { terminal } = await startDemoTerminal();
  await terminal.show(phoneCode());
  const shown = JSON.stringify(terminal.view('kiosk'));
  expect(shown).toContain('张**');
  expect(shown).not.toContain('张小明');
});

test('a licence is refused at the next scan after its agent has a list that revokes it', async () => {
  const demo = await startDemoTerminal();
  expect(await reasonOf(demo, phoneCode())).toBe('accepted');
  demo.store.saveStatusList(revocationList([LIST_INDEX], NOW));
  await vi.waitFor(() => expect(demo.terminal.view('kiosk').city.listSignedAt).toBe(NOW_MS));
  expect(await reasonOf(demo, phoneCode())).toBe('revoked');
});

test('screens are told of news from the city although their state stays', async () => {
  const { terminal, store } = await startDemoTerminal();
  const told = vi.fn();
  terminal.onChange(told);
  store.saveStatusList(revocationList([], NOW));
  await vi.waitFor(() => expect(told).toHaveBeenCalled());
});

test('a code typed into the page by a keyboard-mode scanner is judged', async () => {
  const { terminal, until } = await startDemoTerminal();
  terminal.command({ type: 'keyboard-scan', text: phoneCode() });
  await until('verdict');
  expect(terminal.view('kiosk').screen).toMatchObject({ reason: 'accepted' });
});

test('a keyboard burst longer than any code gets a verdict too', async () => {
  const { terminal, until } = await startDemoTerminal();
  terminal.command({ type: 'keyboard-scan', text: 'A'.repeat(4096) });
  await until('verdict');
  expect(terminal.view('kiosk').screen).toMatchObject({ reason: 'malformed' });
});

test('settings chosen at the screen are in the next view', async () => {
  const { terminal } = await startDemoTerminal();
  terminal.command({ type: 'settings', settings: { language: 'en', largeText: true } });
  expect(terminal.view('kiosk').settings).toEqual({ language: 'en', largeText: true });
});

test('a verdict is cleared when the person is done', async () => {
  const { terminal } = await startDemoTerminal();
  await terminal.show(phoneCode());
  terminal.command({ type: 'dismiss' });
  expect(terminal.view('kiosk').screen).toEqual({ name: 'inviting' });
});

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
  const wired = { transport: 'serial', path: cable.terminalEnd, baudRate: 9600, framing: 'line' } as const;
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

test('it is back in service after the first scan that a mended store took', async () => {
  const demo = await startDemoTerminal();
  sabotage(demo, "CREATE TRIGGER full BEFORE INSERT ON row BEGIN SELECT raise(ABORT, 'disk full'); END");
  await demo.terminal.show(phoneCode());
  sabotage(demo, 'DROP TRIGGER full');
  await demo.terminal.show('nonsense');
  await demo.until('inviting');
  expect(await reasonOf(demo, phoneCode())).toBe('accepted');
});

test("a store restored from a backup begins a new epoch before its first row, so that no number is used twice", async () => {
  const { terminal, store, folder } = await startDemoTerminal();
  await terminal.show(phoneCode());
  const epoch = Buffer.from(terminal.status().audit.epoch, 'hex');
  await terminal.stop();
  store.saveWatermark({ epoch, seq: 5, head: new Uint8Array(32), forked: false });
  const again = startTerminal(folder);
  onTestFinished(() => again.stop());
  await again.show('nonsense');
  expect(again.status().audit).toMatchObject({ rows: 1, acknowledged: 0 });
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
  expect(reader?.rowsAfter(ended, 0, 10)).toEqual([]);
  expect(rowsOf(folder.auditDb)).toHaveLength(1); // of the new epoch, which the city doesn't have
});

test('housekeeping that a full disk refuses is told, and scans go on', async () => {
  standStill();
  const demo = await startDemoTerminal();
  expect(await reasonOf(demo, phoneCode())).toBe('accepted');
  sabotage(demo, "CREATE TRIGGER full BEFORE DELETE ON used_proof BEGIN SELECT raise(ABORT, 'disk full'); END");
  demo.clock.advance(RETENTION_MS);
  vi.advanceTimersByTime(2 * HOUSEKEEPING_MS);
  expect(demo.faults).toEqual(['housekeeping: disk full']);
  expect(await reasonOf(demo, 'nonsense')).toBe('not-a-licence-code');
});

test('a code the scanner makes nothing of is not answered with the verdict before it', async () => {
  const { terminal } = await startDemoTerminal();
  await terminal.show(phoneCode());
  expect(await terminal.show(']Q1')).toMatch(/no scan of this/);
});

test('status tells health and nothing personal', async () => {
  const { terminal, store } = await startDemoTerminal();
  store.taskFailed('audit', 1, 'city-unreachable');
  await terminal.show(phoneCode());
  const status = terminal.status();
  expect(status).toMatchObject({
    screen: 'verdict',
    service: 'medical-insurance',
    scanners: [
      { id: 'simulated:', state: 'ready' },
      { id: 'keyboard:page', state: 'ready' },
    ],
    trust: { versions: { targets: 1 } },
    clockOffsetMs: 0,
    audit: { rows: 1, acknowledged: 0 },
    tasks: [{ name: 'audit', failure: 'city-unreachable' }],
  });
  expect(JSON.stringify(status)).not.toMatch(/张|9901/);
});

test('after its stop nothing is open and nobody is told anything', async () => {
  standStill();
  const { terminal, store, folder } = await startDemoTerminal();
  const told = vi.fn();
  terminal.onChange(told);
  await terminal.show(phoneCode());
  await terminal.stop();
  told.mockClear();
  store.saveStatusList(revocationList([], NOW));
  store.close();
  vi.advanceTimersByTime(HOUSEKEEPING_MS);
  expect(told).not.toHaveBeenCalled();
  // SQLite removes them when the last connection is closed
  for (const db of [folder.auditDb, folder.syncDb]) expect(existsSync(`${db}-wal`)).toBe(false);
});

test('a stop finishes the scan in hand: its row is on disk', async () => {
  const { terminal, folder } = await startDemoTerminal();
  const shown = terminal.show(phoneCode());
  await terminal.stop();
  await shown;
  expect(rowsOf(folder.auditDb)).toHaveLength(1);
});

test('started again it is the same terminal and goes on with the same log', async () => {
  const { terminal, folder } = await startDemoTerminal();
  await terminal.show(phoneCode());
  const before = terminal.status();
  await terminal.stop();
  const again = startTerminal(folder);
  onTestFinished(() => again.stop());
  expect(again.status().terminalId).toBe(before.terminalId);
  expect(again.status().audit).toEqual(before.audit);
});

/** Lets the terminal's own timers pass only when told to. */
function standStill(): void {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
}

function notEnrolled(): void {
  // the agent has made its store and nothing more
}

async function reasonOf({ terminal }: DemoTerminal, code: string): Promise<string> {
  const view = await terminal.show(code);
  if (typeof view === 'string') throw new Error(view);
  return view.screen.name === 'verdict' ? view.screen.reason : view.screen.name;
}

function missingScanner() {
  return { transport: 'serial', path: '/dev/there-is-no-scanner', baudRate: 9600, framing: 'line' } as const;
}

function sabotage({ folder }: DemoTerminal, sql: string): void {
  const db = new Database(folder.auditDb);
  db.exec(sql);
  db.close();
}
