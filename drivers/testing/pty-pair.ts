import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A serial cable between two pseudo-terminals: a test plays the scanner at one end, the terminal opens the other. */
export interface PtyPair {
  /** Path of the end that plays the scanner. */
  readonly scannerEnd: string;
  /** Path of the end to open: what would be /dev/ttyACM0. */
  readonly terminalEnd: string;
  /** Sends bytes as the scanner would. */
  write(bytes: Uint8Array | string): Promise<void>;
  /** Pulls the cable: both ends vanish and what has them open is hung up. */
  unplug(): Promise<void>;
  /** Puts the cable back at the same paths. */
  plug(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a pair with socat; rejects, saying so, where socat isn't installed. */
export async function openPtyPair(): Promise<PtyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'pty-pair-'));
  const scannerEnd = join(folder, 'scanner');
  const terminalEnd = join(folder, 'terminal');
  let cable: Cable | undefined;

  async function plug(): Promise<void> {
    cable ??= await plugIn(scannerEnd, terminalEnd);
  }

  async function unplug(): Promise<void> {
    const pulled = cable;
    cable = undefined;
    await pulled?.pull();
  }

  async function close(): Promise<void> {
    await unplug();
    await rm(folder, { recursive: true, force: true });
  }

  async function write(bytes: Uint8Array | string): Promise<void> {
    if (!cable) throw new Error('the cable is unplugged');
    await cable.send(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  try {
    await plug();
  } catch (error) {
    await close();
    throw error;
  }
  return { scannerEnd, terminalEnd, write, unplug, plug, close };
}

interface Cable {
  send(bytes: Uint8Array): Promise<void>;
  pull(): Promise<void>;
}

async function plugIn(scannerEnd: string, terminalEnd: string): Promise<Cable> {
  const ends = [scannerEnd, terminalEnd].map((path) => `pty,raw,echo=0,link=${path}`);
  const socat = spawn('socat', ['-d', '-d', ...ends], { stdio: ['ignore', 'ignore', 'pipe'] });
  await untilTransferring(socat);
  const scanner = await open(scannerEnd, constants.O_RDWR | constants.O_NOCTTY);
  return {
    async send(bytes) {
      await scanner.appendFile(bytes);
    },
    async pull() {
      const gone = once(socat, 'exit');
      socat.kill('SIGTERM');
      await Promise.all([gone, scanner.close()]);
    },
  };
}

/** socat says on its error output when both ends are there. */
function untilTransferring(socat: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    socat.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('starting data transfer loop')) resolve();
    });
    socat.on('error', (error) => {
      reject(
        new Error('socat does not start: these tests need it (apt-get install socat)', { cause: error }),
      );
    });
    socat.on('exit', () => reject(new Error(`socat ended: ${said}`)));
  });
}
