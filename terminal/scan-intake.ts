import { PageKeyboardScanner } from '../drivers/fed/page-keyboard-scanner.ts';
import { SimulatedScanner } from '../drivers/fed/simulated-scanner.ts';
import type { Scan, Scanner } from '../drivers/scanner.ts';
import type { ScanEnd, ScannedCode } from './core/pipeline.ts';
import type { EventWatch } from './event-watch.ts';
import type { TerminalParts } from './parts.ts';
import { staffCodeOf } from './staff/staff-code.ts';

export interface ScanIntakeEars {
  readonly inService: () => boolean;
  /** A scanner went or came. */
  readonly onState: () => void;
}

/** From the scanners to the pipeline, for as long as somebody would be told the verdict. */
export class ScanIntake {
  readonly #parts: TerminalParts;
  readonly #ears: ScanIntakeEars;
  /** What becomes of each scanner's last scan. */
  readonly #ends = new Map<string, Promise<ScanEnd>>();

  constructor(parts: TerminalParts, watch: EventWatch, ears: ScanIntakeEars) {
    this.#parts = parts;
    this.#ears = ears;
    const { scanners, onFault, clock } = parts;
    scanners.subscribe({
      scan: (scan) => this.#heed(scan),
      state: () => {
        for (const { id, state } of scanners.scanners) watch.scannerState(id, state.name);
        ears.onState();
      },
      fault: ({ name, detail }, device) => {
        onFault(`${device} ${name}: ${detail}`);
        watch.scannerFault(device, name);
        if (name === 'too-long') this.#take({ bytes: 'too-long', device, receivedAt: clock.monotonic() });
      },
    });
  }

  /** A burst of keys a scanner typed into the page. */
  typed(text: string): void {
    this.#scannerOf(PageKeyboardScanner)?.typed(text);
  }

  /** Presents a code to the simulated scanner. @returns what became of it, or a sentence where it was no scan. */
  async present(text: string): Promise<ScanEnd | string> {
    const scanner = this.#scannerOf(SimulatedScanner);
    if (!scanner) return 'this terminal is configured without a simulated scanner';
    if (!this.#ears.inService()) return 'this terminal is out of service: status tells why';
    this.#ends.delete(scanner.id);
    const fed = scanner.present(text);
    const end = await this.#ends.get(scanner.id);
    return end ?? `the scanner made no scan of this: ${fed}`;
  }

  /** A badge is for the staff desk; neither it nor a grant, which is typed, nor half of one is judged or remembered. */
  #heed(scan: Scan): void {
    const code = staffCodeOf(scan.bytes);
    if (!code) this.#take(scan);
    else if (code.type === 'badge') void this.#parts.staff.badge(code.id, code.secret);
  }

  #take(scan: ScannedCode): void {
    if (this.#ears.inService()) this.#ends.set(scan.device, this.#parts.pipeline.receive(scan));
  }

  #scannerOf<T extends Scanner>(type: new (...args: never[]) => T): T | undefined {
    return this.#parts.scanners.scanners.find((scanner): scanner is T => scanner instanceof type);
  }
}
