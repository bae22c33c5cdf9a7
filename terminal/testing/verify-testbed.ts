import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { issueStatusList } from '../../licence/issue/issue-status-list.ts';
import {
  delegationIssuer,
  demoIssuer,
  demoStatusList,
  NOW,
  STATUS_KEY,
} from '../../licence/testing/demo-issuer.ts';
import { encodeIssuers } from '../../licence/trust/issuers.ts';
import type { Streams, VerifyWish } from '../cli/codes/verify-codes.ts';
import type { Exit } from '../cli/codes/verify-misuse.ts';
import { dataFolder } from '../store/data-folder.ts';
import { DEMO_CATALOGUE } from './demo-catalogue.ts';
import { tempFolder } from './temp-folder.ts';

/** What a run of a command wrote and how it ended. */
export interface Ran {
  readonly exit: Exit;
  readonly output: string;
  readonly complaints: readonly string[];
}

/** Runs a command on this standard input, as the program does on its own. */
export async function ran(
  command: (streams: Streams) => Promise<Exit>,
  ...input: readonly (string | Uint8Array)[]
): Promise<Ran> {
  let output = '';
  const complaints: string[] = [];
  const exit = await command({
    input: Readable.from(input.map((chunk) => Buffer.from(chunk))),
    output: new Writable({
      write(chunk, _encoding, done) {
        output += String(chunk);
        done();
      },
    }),
    complain: (sentence) => complaints.push(sentence),
  });
  return { exit, output, complaints };
}

/** The demo world as files that an operator names, in a folder of the test's own. */
export function demoFiles(): VerifyWish & { readonly at: number; readonly statusDir: string } {
  const root = tempFolder();
  const statusDir = join(root, 'status');
  mkdirSync(statusDir);
  const issuers = join(root, 'issuers.cbor');
  const catalogue = join(root, 'catalogue.json');
  writeFileSync(issuers, encodeIssuers([demoIssuer(), delegationIssuer()]));
  writeFileSync(catalogue, JSON.stringify(DEMO_CATALOGUE));
  writeFileSync(join(statusDir, 'list-1'), issueStatusList(demoStatusList(), STATUS_KEY));
  return { folder: dataFolder(join(root, 'no-terminal')), issuers, catalogue, statusDir, at: NOW };
}
