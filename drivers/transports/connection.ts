import type { Hindered } from '../hindrance.ts';

/** One opening of a device, from open to released, whatever wire it hangs on. */
export interface Connection {
  /** Resolves once the device is released: with why it left, or undefined where `close` was asked for. */
  readonly ended: Promise<string | undefined>;
  /** Sends bytes (HID: one output report with its id). Rejects where they were not sent within WRITE_LIMIT_MS. */
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

export type Opened = { readonly ok: true; readonly connection: Connection } | Hindered;

/** Opens the device anew each time it is called: nothing of an earlier connection is carried over. */
export type OpenConnection = (onChunk: (chunk: Uint8Array) => void) => Promise<Opened>;

/** A write that hasn't come through after this long has failed: on a port that has gone it never calls back. */
export const WRITE_LIMIT_MS = 1_000;

/** A device that hasn't closed after this long is given up, so that no release hangs on a driver. */
export const CLOSE_LIMIT_MS = 2_000;
