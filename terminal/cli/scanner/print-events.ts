import type { DeviceTap } from '../../../drivers/device-scanner.ts';
import type { Discarded } from '../../../drivers/framing/framing.ts';
import type { Scan, ScannerFault, ScannerState } from '../../../drivers/scanner.ts';
import { gs1Elements } from '../../../drivers/text/gs1.ts';
import { symbologyName } from '../../../drivers/text/symbology.ts';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';

export interface PrintOptions {
  /** One JSON object per line. */
  readonly json: boolean;
  /** Everything that comes over the wire, not only codes. */
  readonly raw: boolean;
  readonly write: (line: string) => void;
  /** ms since the start. */
  readonly elapsedMs: () => number;
}

/** Prints what a scanner does, as it happens: for a person at the wire, who asked to see contents. */
export function printEvents({ json, raw, write, elapsedMs }: PrintOptions) {
  const print = (type: string, fields: Readonly<Record<string, unknown>>, sentence: string) => {
    const at = Math.round(elapsedMs() * 10) / 10;
    if (json) write(escapeUnseen(JSON.stringify({ type, at, ...fields })));
    else write(`${at.toFixed(1).padStart(9)} ms  ${type.padEnd(9)} ${escapeUnseen(sentence)}`);
  };
  const bytes = (type: string, content: Uint8Array) =>
    print(type, { hex: hex(content) }, `${content.length} bytes  ${spaced(content)}`);

  const tap: DeviceTap = {
    ...(raw ? { chunk: (chunk: Uint8Array) => bytes('chunk', chunk) } : {}),
    discarded: ({ why, count, bytes: content, detail }: Discarded) =>
      print(
        'discarded',
        { why, count, hex: hex(content), detail },
        `${count} bytes, ${why}: ${detail}${raw ? `  ${spaced(content)}` : ''}`,
      ),
    answer: (answer: Uint8Array) => bytes('answer', answer),
  };
  return {
    tap,
    scan(scan: Scan): void {
      const described = describe(scan);
      const content = scan.text ?? spaced(scan.bytes);
      const kind = [scan.symbology, described.name, scan.encoding, `${scan.frames} frame(s)`];
      print('code', described, `${kind.filter((part) => part !== undefined).join('  ')}  ${content}`);
    },
    state(state: ScannerState): void {
      const { name, ...more } = state;
      print('state', { state: name, ...more }, [name, ...Object.values(more)].join('  '));
    },
    fault({ name, detail }: ScannerFault): void {
      // discarded bytes were printed already, with what they were
      if (name === 'discarded-bytes' || name === 'too-long') return;
      print('fault', { fault: name, detail }, `${name}: ${detail}`);
    },
  };
}

/** A scan as an object for people and programs. */
export function describe({ bytes, text, encoding, symbology, frames }: Scan) {
  const name = symbology === undefined ? undefined : symbologyName(symbology);
  const gs1 = symbology !== undefined && text !== undefined ? gs1Elements(symbology, text) : undefined;
  return {
    ...(symbology === undefined ? {} : { symbology }),
    ...(name === undefined ? {} : { name }),
    encoding,
    ...(text === undefined ? {} : { text }),
    hex: hex(bytes),
    frames,
    ...(gs1 ? { gs1 } : {}),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function spaced(bytes: Uint8Array): string {
  return hex(bytes).replace(/../g, '$& ').trimEnd();
}
