import { encode } from 'uqr';

/** Quiet zone in modules (ISO/IEC 18004 §6.3.8). */
const QUIET_ZONE = 4;
/**
 * Largest version shown: 117 modules, about 2.8 CSS pixels each on a phone. Past it a handheld reader has to be held
 * so close that the phone shades its own code.
 */
export const MAX_QR_VERSION = 25;

export interface QrDrawing {
  /** Side in modules, quiet zone included. */
  readonly size: number;
  /** SVG path data of the dark modules in a square of that size. */
  readonly path: string;
  readonly version: number;
}

/**
 * Draws a code's text as a QR symbol of level M. Text of the alphanumeric set is encoded in that mode, 5.5 bits a
 * character. @throws when it needs a larger version.
 */
export function drawQr(text: string): QrDrawing {
  const { data, size, version } = encode(text, {
    ecc: 'M',
    border: QUIET_ZONE,
    maxVersion: MAX_QR_VERSION,
  });
  return { size, version, path: data.map(rowPath).join('') };
}

/** One rectangle for each run of dark modules. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x++;
    const width = x + 1 - start;
    path += `M${start} ${y}h${width}v1h-${width}z`;
  }
  return path;
}
