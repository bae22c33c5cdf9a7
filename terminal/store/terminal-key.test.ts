import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { loadOrCreateTerminalKey, terminalIdOf } from './terminal-key.ts';

test('the key file is readable by its owner only', () => {
  const path = newPath();
  loadOrCreateTerminalKey(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('the key made at first start is the key of every later start', () => {
  const path = newPath();
  const made = loadOrCreateTerminalKey(path);
  expect(loadOrCreateTerminalKey(path).publicKey).toEqual(made.publicKey);
});

test('nothing but the key file is left behind', () => {
  const folder = tempFolder();
  loadOrCreateTerminalKey(join(folder, 'terminal.key'));
  expect(readdirSync(folder)).toEqual(['terminal.key']);
});

test('a damaged key file is an error and stays as it is, since a new key would be another terminal', () => {
  const path = newPath();
  writeFileSync(path, 'c2hvcnQ');
  expect(() => loadOrCreateTerminalKey(path)).toThrow(/32 bytes/);
  expect(readFileSync(path, 'utf8')).toBe('c2hvcnQ');
});

test('the terminal id is the first 16 bytes of the SHA-256 of the public key', () => {
  const { publicKey } = loadOrCreateTerminalKey(newPath());
  const hash = createHash('sha256').update(publicKey).digest();
  expect(Buffer.from(terminalIdOf(publicKey)).toString('hex')).toBe(hash.toString('hex').slice(0, 32));
});

test('terminal and agent that are both first get the same keys', async () => {
  const folder = tempFolder();
  const [terminal, agent] = await Promise.all([startRacer(folder), startRacer(folder)]);
  terminal.go();
  agent.go();
  const keys = await Promise.all([terminal.keys(), agent.keys()]);
  expect(keys[0].split(' ')).toHaveLength(RACES);
  expect(keys[0]).toBe(keys[1]);
});

/** So many keys that the two processes meet at some of them whichever of them is ahead. */
const RACES = 20;

const RACER = `
  import { loadOrCreateTerminalKey } from ${JSON.stringify(new URL('./terminal-key.ts', import.meta.url).href)};
  process.stdout.write('ready');
  process.stdin.once('data', () => {
    const keys = Array.from({ length: ${RACES} }, (_, i) => loadOrCreateTerminalKey(process.argv[1] + '/' + i));
    process.stdout.write(keys.map((key) => Buffer.from(key.publicKey).toString('hex')).join(' '));
    process.stdin.destroy();
  });`;

/** A process of its own that is ready to make keys. */
async function startRacer(folder: string): Promise<{ go(): void; keys(): Promise<string> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', RACER, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  return {
    go: () => child.stdin.end('go'),
    keys: async () => {
      await ended;
      return output.slice('ready'.length);
    },
  };
}

function newPath(): string {
  return join(tempFolder(), 'terminal.key');
}
