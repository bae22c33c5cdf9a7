import type { FramingName, StartFraming } from './framing/framing.ts';
import { startWithAnswers } from './framing/serial/answer-splitter.ts';
import { startFraming } from './framing/start-framing.ts';
import type { ModuleName, ScannerModule } from './modules/module.ts';
import { moduleNamed } from './modules/modules.ts';
import type { MonotonicClock } from './monotonic-clock.ts';
import type { Device, Transport } from './profiles/device.ts';
import type { CodeIdName } from './text/code-id.ts';
import type { OpenConnection } from './transports/connection.ts';
import { openHidConnection } from './transports/hid-connection.ts';
import { openKeyboardConnection } from './transports/keyboard-connection.ts';
import { openSerialConnection } from './transports/serial-connection.ts';

/** All that it takes to read a wire's bytes. */
export interface WireFormat {
  readonly transport: Transport;
  readonly framing: FramingName;
  /** HID: the report descriptor the framing goes by. */
  readonly descriptor?: Uint8Array;
  /** Whose answers are among the codes. */
  readonly module?: ModuleName;
}

/** A device as it is going to be used: what to open, how to cut its bytes, which commands it knows. */
export interface Hookup {
  /** The path that is opened and claimed. */
  readonly device: string;
  /** What it is used as: a profile's model, or how the operator described it. */
  readonly model: string;
  readonly wire: WireFormat;
  /** Whose one-letter code ids stand before its codes, where they do. */
  readonly codeId?: CodeIdName;
  readonly open: OpenConnection;
  readonly startFraming: StartFraming;
  readonly module?: ScannerModule;
  /** Wraps a module's command for the wire: HID puts it into an output report. */
  readonly wrap: (command: Uint8Array) => Uint8Array;
}

/** The factory setting of the common serial modules (Grow, Newland); a USB "COM" scanner ignores the rate. */
export const DEFAULT_BAUD_RATE = 9_600;

/** How a device is going to be used, by its profile or by what the operator said. */
export interface DeviceUse {
  readonly model: string;
  readonly framing: FramingName;
  readonly module?: ModuleName;
  /** Serial only. */
  readonly baudRate?: number;
  readonly codeId?: CodeIdName;
}

/** Puts transport, framing and module together for one device. */
export function hookUp(device: Device, use: DeviceUse, now: MonotonicClock): Hookup {
  const { transport, path, descriptor } = device;
  const named = use.module && moduleNamed(use.module);
  // a module that can't be spoken to over this wire is read all the same
  const module =
    named && (transport === 'serial' || (transport === 'hid' && named.hidReport)) ? named : undefined;
  const wire: WireFormat = {
    transport,
    framing: use.framing,
    ...(descriptor ? { descriptor } : {}),
    ...(module ? { module: module.name } : {}),
  };
  return {
    device: path,
    model: use.model,
    wire,
    ...(use.codeId ? { codeId: use.codeId } : {}),
    open: opener(device, use.baudRate ?? DEFAULT_BAUD_RATE),
    startFraming: framingFor(wire, now),
    wrap: (command) => (transport === 'hid' && module?.hidReport ? module.hidReport(command) : command),
    ...(module ? { module } : {}),
  };
}

function opener({ transport, path }: Device, baudRate: number): OpenConnection {
  switch (transport) {
    case 'serial':
      return (onChunk) => openSerialConnection({ path, baudRate }, onChunk);
    case 'hid':
      return (onChunk) => openHidConnection(path, onChunk);
    case 'keyboard':
      return (onChunk) => openKeyboardConnection(path, onChunk);
    default:
      return transport satisfies never;
  }
}

/** What cuts a wire's bytes: on a serial wire the module's answers are taken out before codes are framed. */
export function framingFor(
  { transport, framing, descriptor, module }: WireFormat,
  now: MonotonicClock,
): StartFraming {
  const codes: StartFraming = (onFrame) => startFraming(framing, descriptor, now, onFrame);
  const answers = transport === 'serial' && module ? moduleNamed(module).answers : undefined;
  return answers ? (onFrame) => startWithAnswers(answers, codes, now, onFrame) : codes;
}
