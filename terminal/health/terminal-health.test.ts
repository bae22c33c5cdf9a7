import { chmodSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { logInAs } from '../testing/demo-staff.ts';
import { startDemoTerminal } from '../testing/demo-terminal.ts';
import { findingsOf } from './findings.ts';

test('a list of bridge clients that is broken is told once, is in the health, and is a finding', async () => {
  const { terminal, faults, folder } = await startDemoTerminal({
    prepare: (store, city, { bridgeClients }) => {
      city.enrol(store);
      writeFileSync(bridgeClients, '{', { mode: 0o600 });
    },
  });
  const told = () => faults.filter((fault) => fault.includes('bridge-clients.json'));
  expect(terminal.status().bridge).toEqual({
    clients: 0,
    listening: 0,
    fault: `${folder.bridgeClients}: not JSON`,
  });
  expect(codesOf(terminal.status())).toContain('bridge-clients-broken');
  expect(told()).toEqual([`bridge: ${folder.bridgeClients}: not JSON`]);
});

test('nobody is served during maintenance, and the health and the metrics say so', async () => {
  const demo = await startDemoTerminal();
  await demo.until('inviting');
  expect(demo.terminal.status().inService).toBe(true);
  await logInAs('maintenance', demo);
  expect(demo.terminal.status()).toMatchObject({ screen: 'maintenance', inService: false });
  expect(await demo.terminal.metrics.text()).toContain('liangzheng_in_service 0\n');
});

test('a terminal leaves no file open to others, and sees one that was opened to them', async () => {
  const demo = await startDemoTerminal();
  expect(demo.terminal.status().exposed).toEqual([]);
  chmodSync(demo.folder.witness, 0o644);
  expect(demo.terminal.status().exposed).toEqual(['audit.witness']);
});

test('a client that isn’t there is removed by no row of the log', async () => {
  const { terminal } = await startDemoTerminal();
  const rows = () => terminal.status().audit.rows;
  const before = rows();
  expect(await terminal.manageClients({ command: 'bridge', action: 'remove', name: 'nosuch' })).toEqual({
    ok: false,
    error: 'there is no client nosuch',
  });
  expect(rows()).toBe(before);
  await terminal.manageClients({
    command: 'bridge',
    action: 'add',
    name: 'his',
    origins: ['https://a.example'],
  });
  expect(rows()).toBe(before + 1);
});

function codesOf(document: Parameters<typeof findingsOf>[0]): string[] {
  return findingsOf(document).map(({ code }) => code);
}
