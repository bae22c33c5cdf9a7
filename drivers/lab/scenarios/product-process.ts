import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ScannerState } from '../../scanner.ts';
import { until } from '../guest/until.ts';
import type { Told } from './told.ts';

const SCAN_AND_TELL = fileURLToPath(new URL('scan-and-tell.ts', import.meta.url));

/** One process of the product and all it has told, in order (see scan-and-tell.ts). */
export class ProductProcess {
  readonly told: readonly Told[];
  readonly #process: ChildProcess;

  /**
   * Resolves once it looks for its scanners, so that its start is no part of what is measured.
   *
   * @param addresses the scanners to claim, each in a role of its own @param uid who it is to run as, in place of root
   */
  static async start(addresses: readonly string[], uid?: number): Promise<ProductProcess> {
    const product = new ProductProcess(addresses, uid);
    await until('the product to start', () => product.told.length > 0, { limitMs: START_LIMIT_MS });
    return product;
  }

  private constructor(addresses: readonly string[], uid?: number) {
    const told: Told[] = [];
    this.told = told;
    const options = uid === undefined ? [] : [`--uid=${uid}`];
    const scanners = addresses.map((address, i) => `${address}?role=scanner-${i}`);
    const addressOf = (id: string) => addresses[scanners.indexOf(id)] ?? id;
    this.#process = fork(SCAN_AND_TELL, [...options, ...scanners], { stdio: ['ignore', 2, 2, 'ipc'] });
    this.#process.on('message', (message) => {
      if (isTold(message)) told.push({ ...message, device: addressOf(message.device) });
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** All scans since a mark: see `told.length`. */
  scans(since = 0): Extract<Told, { name: 'scan' }>[] {
    return this.told.slice(since).filter((one) => one.name === 'scan');
  }

  faults(since = 0): Extract<Told, { name: 'fault' }>[] {
    return this.told.slice(since).filter((one) => one.name === 'fault');
  }

  /** Resolves with the first such state of that scanner since the mark. @throws Error with what was told instead */
  untilState(
    device: string,
    name: ScannerState['name'],
    since = 0,
  ): Promise<Extract<Told, { name: 'state' }>> {
    const matches = (one: Told) =>
      one.name === 'state' && one.device === device && one.state.name === name ? one : undefined;
    return this.untilTold(`${device} ${name}`, matches, since);
  }

  /** Resolves with that scanner's first scan of that code since the mark. @throws as `untilState` */
  untilScan(device: string, code: string, since = 0): Promise<Extract<Told, { name: 'scan' }>> {
    const matches = (one: Told) =>
      one.name === 'scan' && one.device === device && one.code === code ? one : undefined;
    return this.untilTold(`a scan of ${code.length} bytes`, matches, since);
  }

  /** Resolves with the first answer that is not undefined. @throws Error with what was told last */
  async untilTold<T>(what: string, answer: (one: Told) => T | undefined, since = 0): Promise<T> {
    let seen = since;
    try {
      return await until(what, () => {
        for (; seen < this.told.length; seen++) {
          const one = this.told[seen];
          const found = one && answer(one);
          if (found !== undefined) return found;
        }
        return undefined;
      });
    } catch (error) {
      throw new Error(`${what} didn't come; last told: ${this.#lastTold()}`, { cause: error });
    }
  }

  /** How many files it has open, and how much memory it occupies. */
  footprint(): { readonly files: number; readonly memoryMb: number } {
    const [, kb = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8')) ?? [];
    return { files: readdirSync(`/proc/${this.pid}/fd`).length, memoryMb: Math.round(Number(kb) / 1024) };
  }

  /** Lets it release its scanners and waits for its end. @returns whether it ended by itself, without an error */
  async end(): Promise<boolean> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return false;
    const ended = once(this.#process, 'exit');
    if (this.#process.connected) this.#process.disconnect();
    const limit = setTimeout(() => this.#process.kill('SIGKILL'), END_LIMIT_MS);
    const [code] = await ended;
    clearTimeout(limit);
    return code === 0;
  }

  #lastTold(): string {
    const lines = this.told.slice(-5).map((one) => {
      if (one.name === 'scan') return `scan of ${one.code.length} bytes`;
      return JSON.stringify(one.name === 'state' ? one.state : one.fault);
    });
    return lines.join('; ') || 'nothing';
  }
}

/** Node reads itself and its sources over 9p: 3 s, and many times that on a machine that is busy. */
const START_LIMIT_MS = 90_000;

/** Closing a device may take 2 s (CLOSE_LIMIT_MS), in emulation some more. */
const END_LIMIT_MS = 10_000;

function isTold(message: unknown): message is Told {
  return typeof message === 'object' && message !== null && 'name' in message && 'device' in message;
}
