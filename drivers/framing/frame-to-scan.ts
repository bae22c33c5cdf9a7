import { MAX_SCAN_BYTES, type Scan } from '../scanner.ts';
import { decodeText } from '../text/decode-text.ts';
import { type Discarded, discard, type Frame } from './framing.ts';

type Code = Omit<Extract<Frame, { readonly name: 'code' }>, 'name'>;

export type FrameReading =
  | { readonly ok: true; readonly scan: Scan }
  | { readonly ok: false; readonly discarded: Discarded };

/**
 * Makes a scan of one framed code, whichever wire it came over. An AIM symbology identifier (ISO/IEC 15424: `]`, a
 * letter, a modifier) is taken off the front unless the wire carried it beside the code; no licence code starts with
 * `]`. Nothing else is touched.
 *
 * @param receivedAt monotonic ms of the frame's last byte
 * @returns what is thrown away of a frame beyond MAX_SCAN_BYTES or with no code in it
 */
export function frameToScan(code: Code, device: string, receivedAt: number): FrameReading {
  if (code.bytes.length > MAX_SCAN_BYTES) {
    return { ok: false, discarded: discard('too-long', code.bytes, `at most ${MAX_SCAN_BYTES} bytes`) };
  }
  const prefix = code.symbology === undefined ? readSymbology(code.bytes) : undefined;
  const symbology = code.symbology ?? prefix;
  const bytes = prefix === undefined ? code.bytes : code.bytes.slice(prefix.length);
  if (bytes.length === 0) {
    return { ok: false, discarded: discard('garbage', code.bytes, 'a frame with no code in it') };
  }
  return {
    ok: true,
    scan: {
      bytes,
      ...decodeText(bytes),
      ...(symbology === undefined ? {} : { symbology }),
      device,
      receivedAt,
      frames: code.frames,
    },
  };
}

function readSymbology(frame: Uint8Array): string | undefined {
  const start = Buffer.from(frame.subarray(0, 3)).toString('latin1');
  return /^\][A-Za-z][0-9A-Za-z]$/.test(start) ? start : undefined;
}
