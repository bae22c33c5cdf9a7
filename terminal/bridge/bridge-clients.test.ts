import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dataFolder } from '../store/data-folder.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { BridgeClients, MAX_BRIDGE_CLIENTS } from './bridge-clients.ts';
import { bridgeRequestSchema } from './client-request.ts';

const HIS = { name: 'his', origins: ['https://his.example'] };

test('a client is known by its token, also after a restart', () => {
  const { path, clients } = noClients();
  const added = clients.add(HIS);
  if (typeof added === 'string') throw new Error(added);
  expect(clients.withToken(added.token)).toMatchObject(HIS);
  expect(new BridgeClients(path).withToken(added.token)).toMatchObject(HIS);
  expect(Buffer.from(added.token, 'base64url')).toHaveLength(32);
});

test('the file is its owner’s alone and holds no token, only the SHA-256 of one', () => {
  const { path, clients } = noClients();
  const added = clients.add(HIS);
  if (typeof added === 'string') throw new Error(added);
  const text = readFileSync(path, 'utf8');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(text).not.toContain(added.token);
  expect(text).toContain(createHash('sha256').update(added.token).digest('hex'));
});

test.for(['', 'x', `${'A'.repeat(43)}`])('no client has the token %j', (token) => {
  const { clients } = noClients();
  clients.add(HIS);
  expect(clients.withToken(token)).toBeUndefined();
});

test('a removed client’s token opens nothing, and whoever listens is told', () => {
  const { clients } = noClients();
  const added = clients.add(HIS);
  if (typeof added === 'string') throw new Error(added);
  const removed: string[] = [];
  clients.onRemoved((name) => removed.push(name));
  expect(clients.remove('his')).toBeUndefined();
  expect(clients.withToken(added.token)).toBeUndefined();
  expect(removed).toEqual(['his']);
});

test('a name stands once', () => {
  const { clients } = noClients();
  clients.add(HIS);
  expect(clients.add(HIS)).toBe('there is a client his already: remove it first');
});

test('there are sixteen at most', () => {
  const { clients } = noClients();
  for (let i = 0; i < MAX_BRIDGE_CLIENTS; i++) clients.add({ ...HIS, name: `his-${i}` });
  expect(clients.add(HIS)).toBe('a terminal has at most 16 clients');
});

test.for([
  ['no JSON', '{'],
  ['a further key', '{"clients":[],"x":1}'],
  ['a wildcard origin', file({ ...HIS, origins: ['*'] })],
  ['no origin', file({ ...HIS, origins: [] })],
  ['a client twice', file(HIS, HIS)],
] as const)('a file with %s admits nobody, says so, and is not written over', ([, text]) => {
  const { path } = noClients();
  writeFileSync(path, text);
  const clients = new BridgeClients(path);
  expect(clients.fault).toContain(path);
  expect(clients.all()).toEqual([]);
  expect(clients.add(HIS)).toBe(clients.fault);
  expect(clients.remove('his')).toBe(clients.fault);
  expect(clients.fault).not.toContain('\n');
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test.for([
  'https://his.example',
  'https://his.example:8443',
  'http://localhost:3000',
  'http://127.0.0.1',
  'http://[::1]:8080',
])('%s is an origin a client may have', (origin) => {
  expect(asksFor(origin)).toBe(true);
});

test.for([
  '*',
  'null',
  'https://*.his.example',
  'http://his.example',
  'https://his.example/',
  'https://his.example/path',
  'https://his.example:443',
  'https://user@his.example',
  'HTTPS://his.example',
  'file:///',
  'http://127.0.0.1.his.example',
])('%s is none', (origin) => {
  expect(asksFor(origin)).toBe(false);
});

function noClients() {
  const path = dataFolder(tempFolder()).bridgeClients;
  return { path, clients: new BridgeClients(path) };
}

function asksFor(origin: string): boolean {
  return bridgeRequestSchema.safeParse({ command: 'bridge', action: 'add', name: 'his', origins: [origin] })
    .success;
}

function file(...clients: object[]): string {
  return JSON.stringify({ clients: clients.map((client) => ({ ...client, tokenHash: '0'.repeat(64) })) });
}
