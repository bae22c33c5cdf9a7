import type { DeviceClaims } from './claims/device-claims.ts';
import { LockFiles } from './claims/lock-files.ts';
import { DeviceScanner, type DeviceTap } from './device-scanner.ts';
import { BridgeQuestions } from './discovery/bridge-questions.ts';
import type { DeviceWatch } from './discovery/device-watch.ts';
import { type DeviceList, listDevices } from './discovery/list-devices.ts';
import { locateAt } from './discovery/locate-device.ts';
import { watchDevices } from './discovery/watch-devices.ts';
import { PageKeyboardScanner } from './fed/page-keyboard-scanner.ts';
import { SimulatedScanner } from './fed/simulated-scanner.ts';
import type { MonotonicClock } from './monotonic-clock.ts';
import { ReceiptClock } from './outlet/receipt-clock.ts';
import { BUILTIN_PROFILES } from './profiles/builtin-profiles.ts';
import type { Profile } from './profiles/profile.ts';
import type { Scan, Scanner, ScannerFault, ScannerState } from './scanner.ts';
import { type ScannerAddress, scannerId, type WiredAddress } from './scanner-address.ts';

/** What listeners are told; `device` is the `Scanner.id` it concerns. */
export interface SupervisorListeners {
  readonly scan: (scan: Scan) => void;
  readonly state: (state: ScannerState, device: string) => void;
  readonly fault: (fault: ScannerFault, device: string) => void;
}

/** What may be other than usual. */
export interface SupervisorParts {
  readonly now?: MonotonicClock;
  /** Beside the built-in ones, and before them. */
  readonly profiles?: readonly Profile[];
  readonly claims?: DeviceClaims;
  readonly watch?: DeviceWatch;
  readonly listDevices?: () => Promise<DeviceList>;
  readonly tap?: DeviceTap;
  /** Told, once, where the system can't say that a device came: they are then looked for at intervals. */
  readonly onTrouble?: (sentence: string) => void;
}

/** All scanners of one terminal: finds their devices, keeps them open, and speaks for all of them. */
export class ScannerSupervisor {
  readonly scanners: readonly Scanner[];
  readonly #watch: DeviceWatch;
  readonly #receipts: ReceiptClock;

  /** @throws Error with a sentence for the operator where two scanners are meant for one role. */
  constructor(addresses: readonly ScannerAddress[], parts: SupervisorParts = {}) {
    refuseSharedRoles(addresses);
    const now = parts.now ?? (() => performance.now());
    const claims = parts.claims ?? new LockFiles();
    this.#watch = parts.watch ?? watchDevices(parts.onTrouble ? { onTrouble: parts.onTrouble } : {});
    this.#receipts = new ReceiptClock(now);
    const locator = {
      profiles: [...(parts.profiles ?? []), ...BUILTIN_PROFILES],
      listDevices: parts.listDevices ?? (() => listDevices()),
      isTaken: (path: string) => this.#isTaken(path),
      claims,
      keyboards: !addresses.some(({ transport }) => transport === 'page'),
      bridges: new BridgeQuestions(claims, now),
      now,
    };
    this.scanners = addresses.map((address) => {
      switch (address.transport) {
        case 'simulated':
          return new SimulatedScanner(now);
        case 'page':
          return new PageKeyboardScanner(now);
        default:
          return new DeviceScanner({
            id: scannerId(address),
            role: address.role,
            locate: locateAt(address, locator),
            claims,
            watch: this.#watch,
            now,
            receivedAt: this.#receipts.receivedAt,
            limits: address,
            ...(parts.tap ? { tap: parts.tap } : {}),
          });
      }
    });
  }

  /** Subscribes to all scanners; the returned function unsubscribes. */
  subscribe(listeners: SupervisorListeners): () => void {
    const unsubscribes = this.scanners.flatMap((scanner) => [
      scanner.on('scan', (scan) => listeners.scan(scan)),
      scanner.on('state', (state) => listeners.state(state, scanner.id)),
      scanner.on('fault', (fault) => listeners.fault(fault, scanner.id)),
    ]);
    return () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
    };
  }

  claim(): void {
    for (const scanner of this.scanners) scanner.claim();
  }

  pause(): void {
    for (const scanner of this.scanners) scanner.pause();
  }

  resume(): void {
    for (const scanner of this.scanners) scanner.resume();
  }

  /** Lets go of all at once; resolves when every device is free. */
  async release(): Promise<void> {
    try {
      await Promise.all(this.scanners.map((scanner) => scanner.release()));
    } finally {
      this.#watch.close();
      this.#receipts.close();
    }
  }

  #isTaken(path: string): boolean {
    return this.scanners.some((scanner) => scanner instanceof DeviceScanner && scanner.held === path);
  }
}

/** One scanner for each role, or nobody could say which of them a person stands before. */
function refuseSharedRoles(addresses: readonly ScannerAddress[]): void {
  const wired = addresses.filter((address): address is WiredAddress => 'role' in address);
  for (const [i, { role }] of wired.entries()) {
    const other = wired.findIndex((address) => address.role === role);
    if (other === i) continue;
    const [first, second] = [wired[other], wired[i]].map((address) => address && scannerId(address));
    if (first === second) throw new Error(`${first} is given twice: once is enough`);
    throw new Error(
      `${first} and ${second} both have the role ${role}: give one of them another, such as ?role=counter`,
    );
  }
}
