import type { Discarded, Frame } from './framing/framing.ts';
import type { Hookup } from './hook-up.ts';
import { Dialogue } from './modules/dialogue.ts';
import type { Ask, ScannerModule } from './modules/module.ts';
import type { Capabilities, ScannerFault } from './scanner.ts';

/** One connection to a device with everything that works on it: its framing and, where it has one, its module. */
export interface Attachment {
  /** See `Connection.ended`; everything half read has been reported by then. */
  readonly ended: Promise<string | undefined>;
  readonly capabilities: Capabilities;
  /** Absent where there is no module to talk with. */
  readonly ask?: Ask;
  close(): void;
}

export type Attached =
  | { readonly ok: true; readonly attachment: Attachment }
  | { readonly ok: false; readonly detail: string; readonly cure: string };

export interface AttachmentListeners {
  readonly code: (code: Extract<Frame, { readonly name: 'code' }>) => void;
  readonly discarded: (discarded: Discarded) => void;
  readonly fault: (fault: ScannerFault) => void;
  /** Every chunk as it comes, before it is cut. */
  readonly chunk?: (chunk: Uint8Array) => void;
  /** Every answer of the module. */
  readonly answer?: (answer: Uint8Array) => void;
}

/** Opens the device and puts its framing and module to work. */
export async function attach(hookup: Hookup, listeners: AttachmentListeners): Promise<Attached> {
  let write: (bytes: Uint8Array) => Promise<void> = () => Promise.reject(new Error('not open yet'));
  const { module } = hookup;
  const dialogue =
    module &&
    new Dialogue({
      pacing: module.pacing,
      write: (bytes) => write(hookup.wrap(bytes)),
      onFault: listeners.fault,
    });
  const framing = hookup.startFraming((frame) => {
    switch (frame.name) {
      case 'code':
        return listeners.code(frame);
      case 'discarded':
        return listeners.discarded(frame);
      case 'answer':
        listeners.answer?.(frame.bytes);
        return dialogue?.answered(frame.bytes);
      case 'reply':
        return void write(frame.bytes).catch((error: Error) =>
          listeners.fault({ name: 'write-failed', detail: `an acknowledgement: ${error.message}` }),
        );
      default:
        return frame satisfies never;
    }
  });
  const opened = await hookup.open((chunk) => {
    listeners.chunk?.(chunk);
    framing.take(chunk);
  });
  if (!opened.ok) {
    framing.close();
    return opened;
  }
  const { connection } = opened;
  write = (bytes) => connection.write(bytes);
  const ended = connection.ended.then((why) => {
    dialogue?.end();
    framing.close();
    return why;
  });
  return {
    ok: true,
    attachment: {
      ended,
      capabilities: module && dialogue ? capabilitiesOf(module, dialogue.ask) : {},
      ...(dialogue ? { ask: dialogue.ask } : {}),
      close: () => connection.close(),
    },
  };
}

function capabilitiesOf(module: ScannerModule, ask: Ask): Capabilities {
  return { ...module.capabilities(ask), setup: { apply: (wanted) => module.setUp(ask, wanted) } };
}
