import type { Encoding } from '../scanner.ts';

export interface DecodedText {
  readonly encoding: Encoding;
  /** Absent for binary. */
  readonly text?: string;
}

/**
 * Reads bytes as UTF-8, strictly, else as GB18030, strictly. The order matters: GB18030 takes most UTF-8 Chinese for
 * other characters without complaint, while GB18030 Chinese is hardly ever valid UTF-8.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      // a byte order mark is part of the code
      const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
      return { encoding, text };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return { encoding: 'binary' };
}
