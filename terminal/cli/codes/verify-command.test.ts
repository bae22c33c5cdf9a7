import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { demoIssuer, NOW } from '../../../licence/testing/demo-issuer.ts';
import { encodeIssuers } from '../../../licence/trust/issuers.ts';
import { phoneCode } from '../../testing/demo-city.ts';
import { demoFiles } from '../../testing/verify-testbed.ts';
import { parseTime } from './verify-command.ts';

describe('--at', () => {
  it.each([
    ['1790000000', 1_790_000_000],
    ['2026-11-22T08:00:00Z', 1_795_334_400],
    ['2026-11-22T16:00:00+08:00', 1_795_334_400],
    ['2026-11-22T08:00:00.5Z', 1_795_334_400.5],
  ])('%s is %d', (time, seconds) => {
    expect(parseTime(time)).toBe(seconds);
  });

  it.each([
    '',
    'now',
    '2026-11-22',
    '2026-11-22T08:00:00',
    '2026-02-30',
    '22/11/2026',
    '-5',
    '1e9',
    '123456789012',
  ])('%j is no time', (time) => {
    expect(() => parseTime(time)).toThrow(/unix seconds/);
  });
});

/** Each starts the program: a busy machine may take its time. */
describe('the program', { timeout: 30_000 }, () => {
  it('judges standard input, and its exit code says whether all were accepted', async () => {
    const { issuers = '', statusDir } = demoFiles();
    const args = ['verify', '--issuers', issuers, '--status-dir', statusDir, '--at', String(NOW)];
    const { code, output, errors } = await liangzheng(args, `${phoneCode()}\nhello\n`);
    expect(
      output
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).reason),
    ).toEqual(['accepted', 'not-a-licence-code']);
    expect(errors).toBe('liangzheng verify: no catalogue: no fields are shown\n');
    expect(code).toBe(1);
  });

  it('ends without a word when the reader of its answers has gone', async () => {
    const { issuers = '', statusDir } = demoFiles();
    const { child, ended } = started(['verify', '--issuers', issuers, '--status-dir', statusDir]);
    child.stdout.destroy();
    child.stdin.on('error', () => undefined); // it may end before it has read all of this
    child.stdin.end('hello\n'.repeat(50_000));
    const { code, errors } = await ended;
    expect(errors).toBe('liangzheng verify: no catalogue: no fields are shown\n');
    expect(code).toBe(1);
  });

  it.each([
    ['a time that is none', ['verify', '--at', 'noon']],
    ['a file too many', ['inspect', 'code.txt']],
  ])('called with %s is exit code 2', async (_, args) => {
    expect(await liangzheng(args, '')).toMatchObject({ code: 2, output: '' });
  });

  it('says what is wrong with a file without a character of it that could steer a terminal', async () => {
    const { issuers = '' } = demoFiles();
    const iss = '\u001b]0;owned\u0007\u202e';
    writeFileSync(
      issuers,
      encodeIssuers([demoIssuer({ iss, statusLists: [] }), demoIssuer({ iss, statusLists: [] })]),
    );
    const { code, errors } = await liangzheng(['verify', '--issuers', issuers], 'hello\n');
    expect(errors).toContain('\\u001b]0;owned');
    expect(errors).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(code).toBe(2);
  });

  it('inspects standard input', async () => {
    const { code, output, errors } = await liangzheng(['inspect'], `${phoneCode()}\n`);
    expect(output).toMatch(/^UNVERIFIED, line 1: [\s\S]*\/ iss \/ 1: "demo-issuer"[\s\S]*\nUNVERIFIED.*\n$/);
    expect(errors).toBe('');
    expect(code).toBe(0);
  });
});

async function liangzheng(args: readonly string[], input: string) {
  const { child, output, ended } = started(args);
  child.stdin.end(input);
  return { output: await output, ...(await ended) };
}

/** The program itself, from its sources. */
function started(args: readonly string[]) {
  const program = fileURLToPath(new URL('../liangzheng.ts', import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
  const errors = text(child.stderr);
  const ended = once(child, 'close').then(async ([code]) => ({ code, errors: await errors }));
  return { child, output: text(child.stdout).catch(() => ''), ended };
}
