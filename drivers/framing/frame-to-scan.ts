import { MAX_SCAN_BYTES, type Scan, type ScannerFault } from '../scanner.ts';

export type FrameReading =
  | { readonly ok: true; readonly scan: Scan }
  | { readonly ok: false; readonly fault: UnreadableFrame };

type UnreadableFrame = ScannerFault & { readonly name: 'too-long' | 'discarded-bytes' };

/**
 * Makes a scan of one framed code, whichever wire it came over. An AIM symbology identifier (ISO/IEC 15424: `]`, a
 * letter, a modifier) is taken off the front; no licence code starts with `]`. Nothing else is touched.
 *
 * @param receivedAt monotonic ms of the frame's last byte
 * @returns a fault for a frame beyond MAX_SCAN_BYTES or with no code in it
 */
export function frameToScan(frame: Uint8Array, device: string, receivedAt: number): FrameReading {
  if (frame.length > MAX_SCAN_BYTES) {
    return {
      ok: false,
      fault: { name: 'too-long', detail: `${frame.length} of at most ${MAX_SCAN_BYTES} bytes` },
    };
  }
  const symbology = readSymbology(frame);
  const bytes = symbology === undefined ? frame : frame.slice(symbology.length);
  if (bytes.length === 0) {
    return { ok: false, fault: { name: 'discarded-bytes', detail: 'a frame with no code in it' } };
  }
  const scan = { bytes, device, receivedAt };
  return { ok: true, scan: symbology === undefined ? scan : { ...scan, symbology } };
}

function readSymbology(frame: Uint8Array): string | undefined {
  const start = Buffer.from(frame.subarray(0, 3)).toString('latin1');
  return /^\][A-Za-z][0-9A-Za-z]$/.test(start) ? start : undefined;
}
