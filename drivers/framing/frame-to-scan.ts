import { MAX_SCAN_BYTES, type Scan } from '../scanner.ts';
import { aimOfCodeId, type CodeIdName } from '../text/code-id.ts';
import { decodeText } from '../text/decode-text.ts';
import { type CodeFrame, type Discarded, discard } from './framing.ts';

export type FrameReading =
  | { readonly ok: true; readonly scan: Scan }
  | { readonly ok: false; readonly discarded: Discarded };

/**
 * Makes a scan of one framed code, whichever wire it came over. An AIM symbology identifier (ISO/IEC 15424: `]`, a
 * letter, a modifier) is taken off the front unless the wire carried it beside the code; no licence code starts with
 * `]`. A line end behind a text code is taken off too: wires that carry lengths or gaps deliver a scanner's terminator as
 * if it were data. Nothing else is touched, least of all spaces and the bytes of a binary code.
 *
 * @param receivedAt monotonic ms of the frame's last byte
 * @param codeId the table of one-letter code ids this scanner sends before its codes, where it does
 * @returns what is thrown away of a frame beyond MAX_SCAN_BYTES or with no code in it
 */
export function frameToScan(
  code: Omit<CodeFrame, 'name'>,
  device: string,
  receivedAt: number,
  codeId?: CodeIdName,
): FrameReading {
  if (code.bytes.length > MAX_SCAN_BYTES) {
    return { ok: false, discarded: discard('too-long', code.bytes, `at most ${MAX_SCAN_BYTES} bytes`) };
  }
  const prefix = code.symbology === undefined ? readPrefix(code.bytes, codeId) : undefined;
  const symbology = code.symbology ?? prefix?.symbology;
  const bytes = withoutLineEnd(prefix === undefined ? code.bytes : code.bytes.slice(prefix.length));
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

interface Prefix {
  readonly symbology: string;
  readonly length: number;
}

function readPrefix(frame: Uint8Array, codeId: CodeIdName | undefined): Prefix | undefined {
  const start = Buffer.from(frame.subarray(0, 3)).toString('latin1');
  if (/^\][A-Za-z][0-9A-Za-z]$/.test(start)) return { symbology: start, length: start.length };
  const aim = codeId && aimOfCodeId(codeId, frame);
  return aim ? { symbology: aim, length: 1 } : undefined;
}

function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  const end = [0x0d, 0x0a].includes(bytes.at(-1) ?? 0) ? (endsWithCrLf(bytes) ? 2 : 1) : 0;
  const rest = bytes.subarray(0, bytes.length - end);
  // no text has control characters; a binary code may end in any byte
  return end > 0 && rest.every((byte) => byte >= 0x20) && decodeText(rest).encoding !== 'binary'
    ? rest.slice()
    : bytes;
}

function endsWithCrLf(bytes: Uint8Array): boolean {
  return bytes.at(-2) === 0x0d && bytes.at(-1) === 0x0a;
}
