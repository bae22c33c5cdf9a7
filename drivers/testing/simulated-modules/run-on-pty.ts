import { SerialPort } from 'serialport';
import type { PtyPair } from '../pty-pair.ts';
import { PlayedModule } from './played-module.ts';
import type { SimulatedModule } from './simulated-module.ts';

export interface ModuleOnPty {
  readonly played: PlayedModule;
  /** Shows a code to it: it comes between answers, never within one. */
  show(code: string): Promise<void>;
  close(): Promise<void>;
}

/** Plays a module at the scanner's end of a cable. Close it before the cable. */
export async function runOnPty(module: SimulatedModule, pty: PtyPair): Promise<ModuleOnPty> {
  const port = new SerialPort({ path: pty.scannerEnd, baudRate: 9_600, autoOpen: false });
  const send = (bytes: Uint8Array) => writeTo(port, bytes);
  const played = new PlayedModule(module, send);
  port.on('data', (bytes: Buffer) => played.hear(new Uint8Array(bytes)));
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  return {
    played,
    show: (code) => send(Buffer.from(code, 'latin1')),
    close: () => new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve())),
  };
}

function writeTo(port: SerialPort, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    port.write(Buffer.from(bytes), (error) => (error ? reject(error) : resolve()));
  });
}
