import { setTimeout as pause } from 'node:timers/promises';
import { IDLE_GAP_MS } from './framing/idle-framing.ts';
import { scannerAt } from './testing/device-scanner.ts';
import { openPtyPair } from './testing/pty-pair.ts';
import { describeScannerContract } from './testing/scanner-contract.ts';

/** Time for a code to reach the terminal's end; people need longer between two codes. */
const REACHING_MS = 20;
/** Where a gap ends a code, a busy machine needs some more to see one. */
const GAP_SEEN_MS = 3 * IDLE_GAP_MS;

for (const { framing, terminator } of [
  { framing: 'line', terminator: '\r\n' },
  { framing: 'tab', terminator: '\t' },
  { framing: 'idle', terminator: '' },
] as const) {
  describeScannerContract(`serial with ${framing} framing`, async () => {
    const cable = await openPtyPair();
    return {
      scanner: scannerAt(`serial:${cable.terminalEnd}?framing=${framing}`),
      async show(code) {
        await cable.write(code + terminator);
        await pause(framing === 'idle' ? GAP_SEEN_MS : REACHING_MS);
      },
      close: () => cable.close(),
    };
  });
}
