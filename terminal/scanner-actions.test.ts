import { expect, test } from 'vitest';
import type { Capabilities } from '../drivers/capabilities.ts';
import { SimulatedScanner } from '../drivers/fed/simulated-scanner.ts';
import type { Scanner } from '../drivers/scanner.ts';
import { actOnScanner } from './scanner-actions.ts';

const now = () => performance.now();

class ScannerWith extends SimulatedScanner {
  readonly #capabilities: Capabilities;

  constructor(capabilities: Capabilities) {
    super(now);
    this.#capabilities = capabilities;
  }

  override get capabilities(): Capabilities {
    return this.#capabilities;
  }
}

const beeping = new ScannerWith({ beep: { beep: () => Promise.resolve({ ok: true, value: undefined }) } });
const telling = new ScannerWith({
  info: { read: () => Promise.resolve({ ok: true, value: { version: 'V 2.1' } }) },
});
const silent = new ScannerWith({
  beep: { beep: () => Promise.resolve({ ok: false, reason: 'no-answer', detail: 'no answer to beep' }) },
});

test.each<[string, readonly Scanner[], 'beep' | 'info', object]>([
  [
    'the scanner that can do it does it',
    [telling, beeping],
    'beep',
    { ok: true, scanner: 'simulated:', done: 'beep' },
  ],
  [
    'what it says of itself is told',
    [beeping, telling],
    'info',
    { ok: true, scanner: 'simulated:', done: 'info', version: 'V 2.1' },
  ],
  ['a failure has its reason', [silent], 'beep', { ok: false, error: expect.stringContaining('no-answer') }],
  ['where none can, it is said', [telling], 'beep', { ok: false, error: expect.stringContaining('beep') }],
])('%s', async (_name, scanners, action, answer) => {
  expect(await actOnScanner(scanners, action)).toEqual(answer);
});
