import type { DataFolder } from '../store/data-folder.ts';
import { SyncSource } from '../store/sync-source.ts';
import { askStatus, askTerminal } from './control-client.ts';

/** How long the agent is given to enrol before the command says that it still tries. */
const ENROLLED_WITHIN_MS = 10_000;
const POLL_MS = 200;

export interface EnrolmentWish {
  readonly city: string;
  readonly code: string;
  readonly name?: string;
}

/**
 * Hands an enrolment to the running terminal and waits for what its agent says.
 *
 * @returns a sentence. @throws a sentence when it can't or mustn't be done.
 */
export async function enrol(folder: DataFolder, wish: EnrolmentWish): Promise<string> {
  checkAddress(wish.city);
  const source = new SyncSource(folder.syncDb);
  try {
    const enrolled = source.reader()?.enrolment();
    if (enrolled) throw new Error(`this terminal is already enrolled with ${enrolled.city}`);
    const startedAt = Date.now();
    const answer = await askTerminal(folder.socket, { command: 'enrol', ...wish });
    if (!answer.ok) throw new Error(answer.error);
    while (Date.now() - startedAt < ENROLLED_WITHIN_MS) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      if (source.reader()?.enrolment()) return `enrolled with ${wish.city}`;
      const task = (await askStatus(folder))?.tasks.find(({ name }) => name === 'enrolment');
      if (task?.failedAt && task.failedAt >= startedAt) throw new Error(`not enrolled: ${task.failure}`);
    }
  } finally {
    source.close();
  }
  return 'the sync agent has not answered yet (is it running?); it goes on trying, and status tells how it fares';
}

function checkAddress(city: string): void {
  const url = URL.canParse(city) ? new URL(city) : undefined;
  const loopback = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url?.protocol === 'https:' || loopback) return;
  throw new Error(`not an address of a city (https, or http on loopback): ${city}`);
}
