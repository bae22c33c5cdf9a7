/**
 * The product's scanners in a process of their own, as the terminal has them: claims the addresses it is given and
 * tells its parent whatever they say. `--uid N` gives up root first. Ends, having let go, when the parent disconnects.
 */
import { parseArgs } from 'node:util';
import { parseScannerAddress } from '../../scanner-address.ts';
import { ScannerSupervisor } from '../../scanner-supervisor.ts';
import { monotonicMs, type Told } from './told.ts';

const { values, positionals } = parseArgs({ options: { uid: { type: 'string' } }, allowPositionals: true });
if (values.uid !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(Number(values.uid));
  process.setuid?.(Number(values.uid));
}

const scanners = new ScannerSupervisor(
  positionals.map((text) => {
    const reading = parseScannerAddress(text);
    if (!reading.ok) throw new Error(reading.detail);
    return reading.address;
  }),
);

scanners.subscribe({
  scan({ device, bytes, symbology }) {
    const code = Buffer.from(bytes).toString('latin1');
    tell({
      name: 'scan',
      device,
      code,
      at: monotonicMs(),
      ...(symbology === undefined ? {} : { symbology }),
    });
  },
  state: (state, device) => tell({ name: 'state', device, state, at: monotonicMs() }),
  fault: (fault, device) => tell({ name: 'fault', device, fault, at: monotonicMs() }),
});
process.once('disconnect', () => void scanners.release());
scanners.claim();

function tell(told: Told): void {
  // a parent that has just gone need not be told
  if (process.connected) process.send?.(told, undefined, undefined, () => undefined);
}
