import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DataFolder } from '../store/data-folder.ts';
import { replaceFile } from '../store/replace-file.ts';
import { askTerminal } from './control-client.ts';
import type { ControlRequest } from './control-protocol.ts';

/** How to log in at the counter of the demonstration, and how its sample page uses the bridge. */
export interface DemoAccess {
  readonly staff: typeof DEMO_STAFF;
  readonly pin: string;
  readonly bridgeToken: string;
}

export const DEMO_STAFF = 'demo';
const DEMO_CLIENT = 'demo';

const kept = z.strictObject({ pin: z.string(), bridgeToken: z.string(), origin: z.string() });
type Kept = z.infer<typeof kept>;

/**
 * Makes a clerk and a business system for the demonstration, with secrets of its own that lie in the demonstration's
 * folder (mode 0600), so that they can be told again at the next start. A real terminal keeps hashes alone.
 *
 * @param root the demonstration's folder. @param origin of the screens, which the sample page is one of.
 */
export async function demoAccess(root: string, folder: DataFolder, origin: string): Promise<DemoAccess> {
  const path = join(root, 'demo-access.json');
  const before = readKept(path);
  const pin = before?.pin ?? (await newClerk(folder));
  const bridgeToken =
    before?.origin === origin ? before.bridgeToken : await newClient(folder, origin, before !== undefined);
  const now: Kept = { pin, bridgeToken, origin };
  replaceFile(path, JSON.stringify(now));
  return { staff: DEMO_STAFF, pin, bridgeToken };
}

function readKept(path: string): Kept | undefined {
  return existsSync(path) ? kept.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

async function newClerk(folder: DataFolder): Promise<string> {
  const pin = String(randomInt(100_000, 1_000_000));
  await ask(folder, {
    command: 'staff',
    action: 'add',
    id: DEMO_STAFF,
    name: '演示窗口 Demo clerk',
    role: 'staff',
    pin,
  });
  return pin;
}

async function newClient(folder: DataFolder, origin: string, again: boolean): Promise<string> {
  if (again) await ask(folder, { command: 'bridge', action: 'remove', name: DEMO_CLIENT });
  const answer = await ask(folder, {
    command: 'bridge',
    action: 'add',
    name: DEMO_CLIENT,
    origins: [origin],
  });
  if (typeof answer.token !== 'string') throw new Error('the bridge gave the demonstration no token');
  return answer.token;
}

async function ask(
  folder: DataFolder,
  request: ControlRequest,
): Promise<{ readonly [key: string]: unknown }> {
  const answer = await askTerminal(folder.socket, request);
  if (!answer.ok) throw new Error(`the demonstration could not be set up: ${answer.error}`);
  return answer;
}
