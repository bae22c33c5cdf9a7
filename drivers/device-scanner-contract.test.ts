import { execFileSync } from 'node:child_process';
import { constants, mkdtempSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hidPosFraming } from './framing/hid/hid-pos-framing.ts';
import { LAYOUT_A, LAYOUT_B } from './framing/hid/hid-pos-layout.ts';
import { runFraming } from './framing/run-framing.ts';
import { IDLE_GAP_MS } from './framing/serial/idle-framing.ts';
import { HidDouble } from './testing/hid-double.ts';
import { posReports } from './testing/hid-reports.ts';
import { keyEvents } from './testing/key-events.ts';
import { openPtyPair } from './testing/pty-pair.ts';
import { scannerAt, scannerOn } from './testing/scanner-at.ts';
import { describeScannerContract } from './testing/scanner-contract.ts';
import { openHidConnection } from './transports/hid-connection.ts';

/** Time for a code to reach the terminal's end; people need longer between two codes. */
const REACHING_MS = 20;
/** What stands in a report's place for it where there is none. */
const NO_IDENTIFIER = '\0\0\0';
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

for (const { name, layout, beside } of [
  { name: 'HID POS with the identifier beside the code', layout: LAYOUT_A, beside: true },
  { name: 'HID POS with the identifier before the code', layout: LAYOUT_B, beside: false },
]) {
  // the library's device is a double; on a real kernel the lab runs the same
  describeScannerContract(name, () => {
    let device: HidDouble | undefined;
    const now = () => performance.now();
    return {
      scanner: scannerOn({
        device: '/dev/null',
        model: name,
        wire: { transport: 'hid', framing: 'hid-pos' },
        wrap: (command) => command,
        startFraming: (onFrame) => runFraming(hidPosFraming(layout), now, onFrame),
        open: (onChunk) =>
          openHidConnection('/dev/null', onChunk, () => {
            device = new HidDouble();
            return Promise.resolve(device);
          }),
      }),
      show(code) {
        const identified = beside && code.startsWith(']');
        const aim = identified ? code.slice(0, 3) : NO_IDENTIFIER;
        const reports = posReports(layout, identified ? code.slice(3) : code, aim);
        for (const report of reports) device?.send(...report);
      },
      close: () => undefined,
    };
  });
}

describeScannerContract('keyboard', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyboard-'));
  const path = join(folder, 'event0');
  // a FIFO stands in for the event device; opened for reading too, so that it opens without a reader
  execFileSync('mkfifo', [path]);
  const keys: FileHandle = await open(path, constants.O_RDWR);
  const scanner = scannerAt(`keyboard:${path}`);
  return {
    scanner,
    async show(code) {
      // the kernel keeps no keys for nobody, as a FIFO would
      if (scanner.state.name !== 'ready') return;
      await keys.appendFile(keyEvents(`${code}\r`));
      await pause(REACHING_MS);
    },
    async close() {
      await keys.close();
      await rm(folder, { recursive: true });
    },
  };
});
