import { onTestFinished, vi } from 'vitest';
import type { ScannerAddress } from '../../drivers/scanner-address.ts';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import type { Screen } from '../contract.ts';
import { TestClock } from '../core/clock.ts';
import type { Resolver } from '../core/resolver.ts';
import { type DataFolder, dataFolder } from '../store/data-folder.ts';
import { SyncStore } from '../store/sync-store.ts';
import { Terminal, type TerminalOptions } from '../terminal.ts';
import { DemoCity, NOW_MS } from './demo-city.ts';
import { tempFolder } from './temp-folder.ts';

/** A real terminal on real stores in a folder of its own, in the demo world. */
export interface DemoTerminal {
  readonly terminal: Terminal;
  readonly folder: DataFolder;
  /** The agent's hand. */
  readonly store: SyncStore;
  readonly city: DemoCity;
  readonly clock: TestClock;
  readonly faults: readonly string[];
  /** Waits until the kiosk shows this screen. */
  until(screen: Screen['name']): Promise<void>;
}

export interface DemoTerminalWish {
  readonly scanners?: readonly ScannerAddress[];
  /** Of the demo catalogue. */
  readonly service?: string;
  readonly resolver?: Resolver;
  /** Hears every fault besides `faults`. */
  readonly onFault?: (fault: string) => void;
  /** Prepares the data folder before the terminal starts; enrols it, unless said otherwise. */
  readonly prepare?: (store: SyncStore, city: DemoCity, folder: DataFolder) => void;
}

/** Starts one; by default it is enrolled and invites. Stopped when the test has finished. */
export async function startDemoTerminal(wish: DemoTerminalWish = {}): Promise<DemoTerminal> {
  const folder = dataFolder(tempFolder());
  const city = await DemoCity.found();
  const store = new SyncStore(folder.syncDb);
  const { prepare = (sync: SyncStore, demo: DemoCity) => demo.enrol(sync), onFault, ...options } = wish;
  prepare(store, city, folder);
  const faults: string[] = [];
  const clock = new TestClock(NOW_MS);
  const terminal = startTerminal(folder, {
    onFault: (fault) => {
      faults.push(fault);
      onFault?.(fault);
    },
    clock,
    ...options,
  });
  onTestFinished(async () => {
    await terminal.stop();
    store.close();
  });
  const until = (screen: Screen['name']) =>
    vi.waitFor(
      () => {
        const { name } = terminal.view('kiosk').screen;
        if (name !== screen) throw new Error(`the kiosk shows ${name}, not ${screen}`);
      },
      { timeout: 3000, interval: 5 },
    );
  return { terminal, folder, store, city, clock, faults, until };
}

/** A terminal on a folder that is there already; whoever starts it stops it. */
export function startTerminal(folder: DataFolder, wish: Partial<TerminalOptions> = {}): Terminal {
  return new Terminal({
    folder,
    service: 'medical-insurance',
    scanners: [{ transport: 'simulated' }, { transport: 'page' }],
    buildMs: 0,
    onFault: () => undefined,
    clock: new TestClock(NOW_MS),
    verifier: nativeVerifier(),
    ...wish,
  });
}

/** Lets the terminal's recurring work run only when `vi.advanceTimersByTime` says so, till the test has finished. */
export function standStill(): void {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Shows a code to the simulated scanner. @returns the reason of its verdict. @throws why it got none. */
export async function reasonOf({ terminal }: DemoTerminal, code: string): Promise<string> {
  const screen = await terminal.show(code);
  if (typeof screen === 'string') throw new Error(screen);
  return screen.name === 'verdict' ? screen.reason : screen.name;
}
