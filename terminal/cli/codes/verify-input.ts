import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Misuse } from './verify-misuse.ts';

/** Bytes of one code as it is handed in; far past what any licence code has, so that what is wrong can be told. */
export const MAX_INPUT_CODE_BYTES = 64 * 1024;

/** One code, and where it stood. */
export interface CodeLine {
  /** Counted from 1, empty lines too. */
  readonly line: number;
  readonly bytes: Uint8Array | 'too-long';
}

/**
 * Codes of a stream, one per line, as they come. Lines end in LF or CRLF; nothing else is taken off, for a space is a
 * Base45 digit. Empty lines are skipped. No more of a line than `MAX_INPUT_CODE_BYTES` is ever held.
 */
export async function* codeLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<CodeLine> {
  const held = new HeldLine();
  for await (const chunk of input) {
    let from = 0;
    for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, from)) {
      held.add(chunk.subarray(from, at));
      from = at + 1;
      const ended = held.end();
      if (ended.bytes.length > 0) yield ended;
    }
    held.add(chunk.subarray(from));
  }
  const last = held.end();
  if (last.bytes.length > 0) yield last;
}

/** The line that has begun, as far as it may be held. */
class HeldLine {
  #line = 1;
  #parts: Uint8Array[] = [];
  #length = 0;

  add(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length <= MAX_INPUT_CODE_BYTES) this.#parts.push(Uint8Array.from(part));
    else this.#parts = [];
  }

  end(): CodeLine {
    const bytes = this.#length > MAX_INPUT_CODE_BYTES ? 'too-long' : withoutCr(Buffer.concat(this.#parts));
    const ended: CodeLine = { line: this.#line, bytes };
    this.#line += 1;
    this.#parts = [];
    this.#length = 0;
    return ended;
  }
}

const LF = 0x0a;
const CR = 0x0d;

function withoutCr(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
}

/** A whole file, or a pipe, of at most so many bytes. @throws Misuse, or the system's own error that names the path. */
export function readBounded(path: string, maxBytes: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    if (fstatSync(file).isDirectory()) throw new Misuse(`${path} is a folder`);
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    if (length > maxBytes) throw new Misuse(`${path} is longer than ${maxBytes} bytes`);
    return Uint8Array.from(buffer.subarray(0, length));
  } finally {
    closeSync(file);
  }
}
