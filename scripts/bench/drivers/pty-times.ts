import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LockFiles } from '../../../drivers/claims/lock-files.ts';
import { DEFAULT_ROLE } from '../../../drivers/scanner-address.ts';
import { ScannerSupervisor } from '../../../drivers/scanner-supervisor.ts';
import { openPtyPair } from '../../../drivers/testing/pty-pair.ts';
import { openSerialConnection } from '../../../drivers/transports/serial-connection.ts';

/** From the write at the scanner's end until something was heard of it, for codes of so many bytes. */
export interface WireTimes {
  readonly bytes: number;
  readonly ms: readonly number[];
}

const CODE_BYTES = 500;

/** The same bytes on our open port with no framing on it: the wire, so far as the driver sees it. */
export async function bareSerialport(times: number): Promise<WireTimes> {
  let received = 0;
  let heard: () => void = () => undefined;
  return onPty(times, async (path) => {
    const opened = await openSerialConnection({ path, baudRate: 9600 }, (chunk) => {
      received += chunk.length;
      if (received >= CODE_BYTES) heard();
    });
    if (!opened.ok) throw new Error(opened.detail);
    return {
      next: () =>
        new Promise<void>((resolve) => {
          received = 0;
          heard = resolve;
        }),
      close: async () => {
        opened.connection.close();
        await opened.connection.ended;
      },
    };
  });
}

/** The whole driver: serialport, guard, line parser, text, hold-off, gate, listener. */
export async function ownScanner(times: number): Promise<WireTimes> {
  return onPty(times, async (path) => {
    const address = {
      transport: 'serial',
      target: path,
      role: DEFAULT_ROLE,
      holdOffMs: 1_500,
      scansPerSecond: 0,
    } as const;
    const claims = new LockFiles([mkdtempSync(join(tmpdir(), 'locks-'))]);
    const supervisor = new ScannerSupervisor([address], { claims });
    let heard: () => void = () => undefined;
    const ready = Promise.withResolvers<void>();
    supervisor.subscribe({
      scan: () => heard(),
      state: (state) => {
        if (state.name === 'ready') ready.resolve();
      },
      fault: ({ name, detail }) => console.error(`${name}: ${detail}`),
    });
    supervisor.claim();
    await ready.promise;
    return {
      next: () =>
        new Promise<void>((resolve) => {
          heard = resolve;
        }),
      close: () => supervisor.release(),
    };
  });
}

interface Listening {
  /** Resolves when the next code has been heard of. */
  next(): Promise<void>;
  close(): Promise<void>;
}

async function onPty(times: number, listen: (path: string) => Promise<Listening>): Promise<WireTimes> {
  const cable = await openPtyPair();
  const scanner = openSync(cable.scannerEnd, 'w');
  try {
    const listening = await listen(cable.terminalEnd);
    const ms: number[] = [];
    for (let i = 0; i < times; i++) {
      const code = Buffer.from(
        `${randomBytes(CODE_BYTES)
          .toString('hex')
          .slice(0, CODE_BYTES - 1)}\r`,
      );
      const heard = listening.next();
      const began = performance.now();
      writeSync(scanner, code);
      await heard;
      ms.push(performance.now() - began);
    }
    await listening.close();
    return { bytes: CODE_BYTES, ms };
  } finally {
    closeSync(scanner);
    await cable.close();
  }
}
