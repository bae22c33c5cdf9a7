import { setTimeout as pause } from 'node:timers/promises';
import { IDLE_GAP_MS } from './framing/idle-framing.ts';
import { scannerAt } from './testing/device-scanner.ts';
import { openPtyPair } from './testing/pty-pair.ts';
import { describeScannerContract } from './testing/scanner-contract.ts';

/** Showing a code takes a moment: time for it to reach the terminal's end, and the gap that ends it. */
const SHOWING_MS = IDLE_GAP_MS + 20;

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
        await pause(SHOWING_MS);
      },
      close: () => cable.close(),
    };
  });
}
