import { existsSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { NOW } from '../licence/testing/demo-issuer.ts';
import { eventsOf } from './testing/audit-chain.ts';
import { phoneCode, revocationList } from './testing/demo-city.ts';
import { standStill, startDemoTerminal, startTerminal } from './testing/demo-terminal.ts';
import { HOUSEKEEPING_MS } from './upkeep.ts';

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
    clock: { trusted: true, offsetMs: 0 },
    audit: { rows: 2, acknowledged: 0 },
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
  expect(vi.getTimerCount()).toBe(0);
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
  expect(eventsOf(folder.auditDb)).toContain('verification');
});

test('the log says when the terminal began and how it ended', async () => {
  const { terminal, folder } = await startDemoTerminal();
  await terminal.stop();
  expect(eventsOf(folder.auditDb)).toEqual(['started', 'stopped']);
});

test('started again it is the same terminal and goes on with the same log', async () => {
  const { terminal, folder } = await startDemoTerminal();
  await terminal.show(phoneCode());
  const before = terminal.status();
  await terminal.stop();
  const again = startTerminal(folder);
  onTestFinished(() => again.stop());
  expect(again.status().terminalId).toBe(before.terminalId);
  expect(again.status().audit.epoch).toBe(before.audit.epoch);
  expect(eventsOf(folder.auditDb)).toEqual(['started', 'verification', 'stopped', 'started']);
});
