/**
 * A process of its own that claims a device on request, for tests with `fork`: arguments are the folders of the locks;
 * the messages `{ take: path }` and `{ release: true }` are answered with `true` where the device was taken or let go.
 */
import type { Claim } from '../claims/device-claims.ts';
import { LockFiles } from '../claims/lock-files.ts';

const locks = new LockFiles(process.argv.slice(2));
let claim: Claim | undefined;

process.on('message', (message) => {
  if (typeof message !== 'object' || message === null) return;
  if ('take' in message && typeof message.take === 'string') {
    const taken = locks.take(message.take);
    claim = taken.ok ? taken : undefined;
    process.send?.(taken.ok);
  } else {
    const held = claim;
    claim = undefined;
    held?.release();
    process.send?.(held !== undefined);
  }
});
