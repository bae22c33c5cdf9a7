import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { AuditEventPublic } from '../audit-events.ts';
import { dataFolder } from '../store/data-folder.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { BridgeClients } from './bridge-clients.ts';
import { type BridgeClientRequest, bridgeRequestSchema, manageClients } from './client-request.ts';

const LIST = { command: 'bridge', action: 'list' } as const;
const ADD_HIS: BridgeClientRequest = {
  command: 'bridge',
  action: 'add',
  name: 'his',
  origins: ['https://his.example'],
};
const REMOVE_HIS = { command: 'bridge', action: 'remove', name: 'his' } as const;

test('adding answers with the token, once', async () => {
  const { manage, clients } = management();
  const answer = await manage(ADD_HIS);
  expect(answer).toEqual({ ok: true, token: expect.stringMatching(/^[\w-]{43}$/) });
  expect(clients.withToken('token' in answer ? (answer.token ?? '') : '')?.name).toBe('his');
});

test('the list names the clients without anything of their tokens', async () => {
  const { manage } = management();
  await manage({ ...ADD_HIS, services: ['medical-insurance'] });
  expect(await manage(LIST)).toEqual({
    ok: true,
    clients: [{ name: 'his', origins: ['https://his.example'], services: ['medical-insurance'] }],
  });
});

test('every change is in the audit log, without the token; a list is none', async () => {
  const { manage, events } = management();
  const answer = await manage(ADD_HIS);
  await manage(LIST);
  await manage(REMOVE_HIS);
  expect(events).toEqual([
    { what: 'bridge clients', change: 'his added' },
    { what: 'bridge clients', change: 'his removed' },
  ]);
  expect(JSON.stringify(events)).not.toContain('token' in answer ? answer.token : '');
});

test('what can’t be done is answered with why, and is no event', async () => {
  const { manage, events } = management();
  expect(await manage(REMOVE_HIS)).toEqual({ ok: false, error: 'there is no client his' });
  expect(events).toEqual([]);
  await manage(ADD_HIS);
  expect(await manage(ADD_HIS)).toEqual({
    ok: false,
    error: 'there is a client his already: remove it first',
  });
  expect(events).toHaveLength(1);
});

test('a change that can’t be recorded is not made', async () => {
  const { manage, clients } = management(() => Promise.reject(new Error('no space')));
  await expect(manage(ADD_HIS)).rejects.toThrow('no space');
  expect(clients.all()).toEqual([]);
});

test('where the file is broken every answer is its fault, and none is an event', async () => {
  const path = dataFolder(tempFolder()).bridgeClients;
  writeFileSync(path, '{');
  const { manage, clients, events } = management(undefined, path);
  const fault = { ok: false, error: clients.fault };
  expect(await manage(LIST)).toEqual(fault);
  expect(await manage(ADD_HIS)).toEqual(fault);
  expect(await manage(REMOVE_HIS)).toEqual(fault);
  expect(events).toEqual([]);
});

test.each([
  { command: 'bridge' },
  { command: 'bridge', action: 'add', name: 'his' },
  { command: 'bridge', action: 'remove' },
  { command: 'bridge', action: 'remove', name: 'his', origins: ['https://his.example'] },
  { command: 'bridge', action: 'list', name: 'his' },
])('%j is no request', (request) => {
  expect(bridgeRequestSchema.safeParse(request).success).toBe(false);
});

function management(record?: () => Promise<never>, path = dataFolder(tempFolder()).bridgeClients) {
  const clients = new BridgeClients(path);
  const events: AuditEventPublic<'config-change'>[] = [];
  const recorded = async (_: 'config-change', facts: AuditEventPublic<'config-change'>) => events.push(facts);
  const manage = (request: BridgeClientRequest) =>
    manageClients(request, { clients, record: record ?? recorded });
  return { clients, events, manage };
}
