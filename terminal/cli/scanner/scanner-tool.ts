import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { BUILTIN_PROFILES } from '../../../drivers/profiles/builtin-profiles.ts';
import type { Profile } from '../../../drivers/profiles/profile.ts';
import type { Scanner } from '../../../drivers/scanner.ts';
import { parseScannerAddress, type WiredAddress } from '../../../drivers/scanner-address.ts';
import { ScannerSupervisor, type SupervisorParts } from '../../../drivers/scanner-supervisor.ts';
import { dataFolder } from '../../store/data-folder.ts';
import { scannerProfiles } from '../scanner-profiles.ts';

/** One scanner on a wire in the hands of an operator, outside any terminal. */
export interface ScannerTool {
  readonly scanner: Scanner;
  release(): Promise<void>;
}

/**
 * @param device where it is; undefined for the likeliest scanner there is
 * @param data data folder whose profile file is heeded
 * @throws Error with a sentence for the operator
 */
export async function scannerTool(
  device: WiredAddress = parseDevice('auto:'),
  data: string,
  parts: Omit<SupervisorParts, 'profiles'> = {},
): Promise<ScannerTool> {
  const profiles = await profilesIn(data);
  const supervisor = new ScannerSupervisor([device], { ...parts, profiles });
  const [scanner] = supervisor.scanners;
  if (!scanner) throw new Error('no scanner was made');
  return { scanner, release: () => supervisor.release() };
}

/** Profiles of the data folder's own file; none where there is no file. @throws Error naming what is wrong in it. */
export function profilesIn(data: string): Promise<readonly Profile[]> {
  return scannerProfiles(dataFolder(join(data, 'terminal')));
}

/** The same and the built-in ones, in the order they are heeded. */
export async function allProfiles(data: string): Promise<readonly Profile[]> {
  return [...(await profilesIn(data)), ...BUILTIN_PROFILES];
}

/** Reads `--device`: an address, or a path where it says itself what it is. Misuse where it is neither. */
export function parseDevice(text: string): WiredAddress {
  const written = /^[a-z]+:/.test(text) ? text : `${transportOf(text)}:${text}`;
  const reading = parseScannerAddress(written);
  if (!reading.ok)
    throw new InvalidArgumentError(`${reading.detail}; expected ${reading.expected.join(', ')}`);
  const { address } = reading;
  if (address.transport === 'simulated' || address.transport === 'page') {
    throw new InvalidArgumentError(`${text} is not a device: it lives inside a running terminal`);
  }
  return { ...address, holdOffMs: 0, scansPerSecond: 0 };
}

function transportOf(path: string): string {
  if (/^\/dev\/hidraw\d/.test(path) || /^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(path)) return 'hid';
  return path.startsWith('/dev/input/') ? 'keyboard' : 'serial';
}

/**
 * Claims the scanner and waits until it is ready.
 *
 * @throws Error with what would help, when it could not be opened or took too long.
 */
export async function untilReady({ scanner }: ScannerTool, limitMs = READY_WITHIN_MS): Promise<void> {
  const ready = Promise.withResolvers<void>();
  const late = setTimeout(
    () => ready.reject(new Error(`${scanner.id} did not open in ${limitMs} ms`)),
    limitMs,
  );
  scanner.claim(); // begins to look, which is a state of its own: what comes next is an answer
  const unsubscribe = scanner.on('state', (state) => {
    if (state.name === 'ready') ready.resolve();
    else if (state.name === 'searching') ready.reject(new Error(state.cure));
  });
  try {
    await ready.promise;
  } finally {
    clearTimeout(late);
    unsubscribe();
  }
}

/** Bridges are asked by several command sets in turn, at several rates. */
const READY_WITHIN_MS = 30_000;
