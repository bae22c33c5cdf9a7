import type { MonotonicClock } from './monotonic-clock.ts';
import { PageKeyboardScanner } from './page-keyboard-scanner.ts';
import type { ScannerAddress } from './scanner-address.ts';
import { SerialScanner } from './serial-scanner.ts';
import { SimulatedScanner } from './simulated-scanner.ts';

/** The scanner at an address, not yet started. */
export function createScanner(
  address: ScannerAddress,
  now: MonotonicClock,
): SerialScanner | SimulatedScanner | PageKeyboardScanner {
  switch (address.transport) {
    case 'serial':
      return new SerialScanner(address, now);
    case 'simulated':
      return new SimulatedScanner(now);
    case 'keyboard':
      return new PageKeyboardScanner(now);
    default:
      return address satisfies never;
  }
}
