import type { Capabilities } from './capabilities.ts';
import type { CodeFrame, Discarded, Frame } from './framing/framing.ts';
import type { Hindered } from './hindrance.ts';
import type { Hookup } from './hook-up.ts';
import { Dialogue } from './modules/dialogue.ts';
import type { Ask, ScannerModule } from './modules/module.ts';
import type { ScannerFault } from './scanner.ts';
import type { Connection } from './transports/connection.ts';

/** One connection to a device with everything that works on it: its framing and, where it has one, its module. */
export interface Attachment {
  /** See `Connection.ended`; everything half read has been reported by then. Never rejects. */
  readonly ended: Promise<string | undefined>;
  readonly capabilities: Capabilities;
  /** Absent where there is no module to talk with. */
  readonly ask?: Ask;
  close(): void;
}

export type Attached = { readonly ok: true; readonly attachment: Attachment } | Hindered;

export interface AttachmentListeners {
  readonly code: (code: CodeFrame) => void;
  readonly discarded: (discarded: Discarded) => void;
  readonly fault: (fault: ScannerFault) => void;
  /** Every chunk as it comes, before it is cut. */
  readonly chunk?: (chunk: Uint8Array) => void;
  /** Every answer of the module. */
  readonly answer?: (answer: Uint8Array) => void;
}

/**
 * Opens the device and puts its framing and module to work. What they or a listener throw while bytes come in ends this
 * connection, with a fault: a driver's event is no place for an exception.
 */
export async function attach(hookup: Hookup, listeners: AttachmentListeners): Promise<Attached> {
  let connection: Connection | undefined;
  let failure: string | undefined;
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      failure ??= `the driver failed: ${error instanceof Error ? error.message : String(error)}`;
      connection?.close();
    }
  };
  const write = (bytes: Uint8Array) =>
    connection ? connection.write(bytes) : Promise.reject(new Error('it is not open yet'));
  const { module } = hookup;
  const dialogue = module && startDialogue(hookup, module, write, listeners);
  const framing = hookup.startFraming((frame) =>
    guarded(() => handle(frame, { listeners, dialogue, write })),
  );
  const onChunk = (chunk: Uint8Array) =>
    guarded(() => {
      listeners.chunk?.(chunk);
      framing.take(chunk);
    });
  try {
    const opened = await hookup.open(onChunk);
    if (!opened.ok) {
      framing.close();
      return opened;
    }
    connection = opened.connection;
  } catch (error) {
    framing.close();
    throw error;
  }
  const ended = connection.ended.then((why) => {
    dialogue?.end();
    framing.close();
    return failure ?? why;
  });
  // bytes may have come, and failed, before there was anything to close
  if (failure !== undefined) connection.close();
  const { close } = connection;
  return {
    ok: true,
    attachment: {
      ended,
      capabilities: module && dialogue ? capabilitiesOf(module, dialogue.ask) : {},
      ...(dialogue ? { ask: dialogue.ask } : {}),
      close,
    },
  };
}

function startDialogue(
  { wrap }: Hookup,
  { pacing }: ScannerModule,
  write: (bytes: Uint8Array) => Promise<void>,
  { fault }: AttachmentListeners,
): Dialogue {
  return new Dialogue({ pacing, write: (bytes) => write(wrap(bytes)), onFault: fault });
}

function handle(
  frame: Frame,
  parts: {
    readonly listeners: AttachmentListeners;
    readonly dialogue: Dialogue | undefined;
    readonly write: (bytes: Uint8Array) => Promise<void>;
  },
): void {
  const { listeners, dialogue, write } = parts;
  switch (frame.name) {
    case 'code':
      listeners.code(frame);
      return;
    case 'discarded':
      listeners.discarded(frame);
      return;
    case 'answer':
      listeners.answer?.(frame.bytes);
      dialogue?.answered(frame.bytes);
      return;
    case 'reply':
      void write(frame.bytes).catch((error: Error) =>
        listeners.fault({ name: 'write-failed', detail: `an acknowledgement: ${error.message}` }),
      );
      return;
    default:
      frame satisfies never;
  }
}

function capabilitiesOf(module: ScannerModule, ask: Ask): Capabilities {
  return { ...module.capabilities(ask), setup: { apply: (wanted) => module.setUp(ask, wanted) } };
}
