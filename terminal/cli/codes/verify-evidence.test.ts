import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issueStatusList } from '../../../licence/issue/issue-status-list.ts';
import {
  demoKey,
  demoStatusList,
  LIST_INDEX,
  NOW,
  STATUS_KEY,
} from '../../../licence/testing/demo-issuer.ts';
import { phoneCode } from '../../testing/demo-city.ts';
import { demoFiles, ran } from '../../testing/verify-testbed.ts';
import { type VerifyWish, verifyCodes } from './verify-codes.ts';
import { MAX_STATUS_FILES } from './verify-status-folder.ts';

describe('--status-dir', () => {
  it('revokes what its lists revoke', async () => {
    const files = demoFiles();
    const token = issueStatusList(demoStatusList([LIST_INDEX]), STATUS_KEY);
    writeFileSync(join(files.statusDir, 'list-1'), token);
    const { output } = await verified(files, phoneCode());
    expect(reasons(output)).toEqual(['1 revoked']);
  });

  it('counts the later of two tokens of one list, and says which it left out', async () => {
    const files = demoFiles();
    const later = demoStatusList([LIST_INDEX], { iat: NOW - 60 });
    writeFileSync(join(files.statusDir, 'list-0'), issueStatusList(later, STATUS_KEY));
    const { output, complaints } = await verified(files, phoneCode());
    expect(reasons(output)).toEqual(['1 revoked']);
    expect(complaints).toEqual([`${join(files.statusDir, 'list-1')} is left out: a later one is there`]);
  });

  it('names each file that is no list of an admitted issuer, and leaves it out', async () => {
    const files = demoFiles();
    const forged = issueStatusList(demoStatusList([LIST_INDEX], { iat: NOW }), demoKey('a forger'));
    const put = (name: string, bytes: Uint8Array) => writeFileSync(join(files.statusDir, name), bytes);
    put('a-forged', forged);
    put('b-rubbish', Buffer.from('rubbish'));
    put('c-huge', Buffer.alloc(2 * 1024 * 1024));
    mkdirSync(join(files.statusDir, 'd-folder'));
    execFileSync('mkfifo', [join(files.statusDir, 'e-pipe')]);
    symlinkSync('f-link', join(files.statusDir, 'f-link'));
    const { exit, complaints } = await verified(files, phoneCode());
    expect(exit).toBe(0);
    expect(complaints.map((one) => one.slice(files.statusDir.length + 1)).sort()).toEqual([
      expect.stringMatching(/^a-forged is left out: .*sign/),
      'b-rubbish is left out: not a status list token',
      'c-huge is left out: longer than any status list token',
      'd-folder is left out: not a file',
      'e-pipe is left out: not a file',
      'f-link is left out: not a file',
    ]);
  });

  it('left out with --issuers leaves every status unknown, and says so', async () => {
    const { statusDir: _, ...files } = demoFiles();
    const { exit, output, complaints } = await verified(files, phoneCode());
    expect(reasons(output)).toEqual(['1 status-unavailable']);
    expect(complaints).toEqual(['no status list is held, so no licence can be accepted']);
    expect(exit).toBe(1);
  });

  it('that is not there, or has too many files, is exit code 2', async () => {
    const files = demoFiles();
    const gone = await verified({ ...files, statusDir: join(files.statusDir, 'gone') }, phoneCode());
    expect(gone).toMatchObject({ exit: 2, output: '' });
    for (let i = 0; i < MAX_STATUS_FILES; i++) writeFileSync(join(files.statusDir, `x${i}`), '');
    expect(await verified(files, phoneCode())).toMatchObject({ exit: 2, output: '' });
  });
});

describe('files of trust that are broken', () => {
  it.each([
    ['issuers', Uint8Array.of(0x82), /issuers\.cbor: truncated at byte 1/],
    ['catalogue', Buffer.from('{'), /catalogue\.json: .*JSON/],
    ['catalogue', Buffer.from('{"version":1}'), /kinds/],
  ] as const)('%s: exit code 2, and what is wrong', async (which, bytes, sentence) => {
    const files = demoFiles();
    writeFileSync(files[which] ?? '', bytes);
    const { exit, output, complaints } = await verified(files, phoneCode());
    expect({ exit, output }).toEqual({ exit: 2, output: '' });
    expect(complaints[0]).toMatch(sentence);
  });

  it('--catalogue without --issuers is misuse', async () => {
    const { issuers: _, ...files } = demoFiles();
    expect(await verified(files, phoneCode())).toMatchObject({ exit: 2, output: '' });
  });
});

function verified(wish: VerifyWish, ...codes: readonly string[]) {
  return ran((streams) => verifyCodes(wish, streams), codes.join('\n'));
}

function reasons(output: string): readonly string[] {
  const lines = output.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line)).map((answer) => `${answer.line} ${answer.reason}`);
}
