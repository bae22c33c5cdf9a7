import { isUtf8 } from 'node:buffer';
import type { CborFaultName } from './scan.ts';

/** The head of an item (RFC 8949 §3), whatever a profile thinks of it. */
export type CborHead =
  | { readonly type: 'integer'; readonly value: number | bigint; readonly indicator: string }
  | { readonly type: 'bytes' | 'text'; readonly length: number; readonly indicator: string }
  /** Strings of an indefinite length, up to a break. */
  | { readonly type: 'chunks'; readonly of: 'bytes' | 'text' }
  /** Pairs, of a map; up to a break where there is no length. */
  | { readonly type: 'array' | 'map'; readonly length: number | undefined; readonly indicator: string }
  | { readonly type: 'tag'; readonly tag: number | bigint; readonly indicator: string }
  /** A float or a simple value, in diagnostic notation. */
  | { readonly type: 'simple'; readonly notation: string }
  | { readonly type: 'break' };

/** Where bytes stop being well-formed CBOR. */
export class NotWellFormed extends Error {
  readonly fault: CborFaultName;
  readonly at: number;
  constructor(fault: CborFaultName, at: number) {
    super(fault);
    this.fault = fault;
    this.at = at;
  }
}

/** Reads heads of any well-formed CBOR, also of what the strict profile refuses. It builds nothing out of them. */
export class CborCursor {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws NotWellFormed */
  takeHead(): CborHead {
    const start = this.at;
    const initial = this.#takeByte();
    const major = initial >> 5;
    const info = initial & 0x1f;
    if (major === 7) return this.#simple(info, start);
    if (info === INDEFINITE) return indefinite(major, start);
    const { argument, indicator } = this.#argument(info, start);
    switch (major) {
      case 0:
        return { type: 'integer', value: argument, indicator };
      case 1:
        return { type: 'integer', value: narrowed(-1n - BigInt(argument)), indicator };
      case 2:
        return { type: 'bytes', length: Number(argument), indicator };
      case 3:
        return { type: 'text', length: Number(argument), indicator };
      case 4:
        return { type: 'array', length: Number(argument), indicator };
      case 5:
        return { type: 'map', length: Number(argument), indicator };
      default:
        return { type: 'tag', tag: argument, indicator };
    }
  }

  /** Fewer where they aren't all there. */
  takeUpTo(length: number): Uint8Array {
    const start = this.at;
    this.at = Math.min(start + length, this.#bytes.length);
    return this.#bytes.subarray(start, this.at);
  }

  /** Of the string that comes, undefined for anything else. */
  peekType(): 'bytes' | 'text' | undefined {
    const initial = this.#bytes[this.at];
    if (initial === undefined || (initial & 0x1f) === INDEFINITE) return undefined;
    if (initial >> 5 === 2) return 'bytes';
    return initial >> 5 === 3 ? 'text' : undefined;
  }

  /** The integer or text that comes, undefined for anything else; moves nowhere. */
  peekKey(): number | string | undefined {
    const start = this.at;
    try {
      const head = this.takeHead();
      if (head.type === 'integer') return typeof head.value === 'number' ? head.value : undefined;
      if (head.type !== 'text') return undefined;
      const text = this.takeUpTo(head.length);
      return text.length === head.length && isUtf8(text) ? Buffer.from(text).toString('utf8') : undefined;
    } catch (error) {
      if (error instanceof NotWellFormed) return undefined; // told by whoever takes it
      throw error;
    } finally {
      this.at = start;
    }
  }

  /** Whether an indefinite length ends here. @throws NotWellFormed at the end of the bytes. */
  atBreak(): boolean {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new NotWellFormed('truncated', this.at);
    return byte === BREAK;
  }

  skipBreak(): void {
    this.at += 1;
  }

  #takeByte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new NotWellFormed('truncated', this.at);
    this.at += 1;
    return byte;
  }

  #takeAll(length: number): Uint8Array {
    const bytes = this.takeUpTo(length);
    if (bytes.length < length) throw new NotWellFormed('truncated', this.at);
    return bytes;
  }

  #argument(info: number, start: number): { readonly argument: number | bigint; readonly indicator: string } {
    if (info < 24) return { argument: info, indicator: '' };
    if (info > 27) throw new NotWellFormed('reserved', start);
    let value = 0n;
    for (let left = 1 << (info - 24); left > 0; left--) value = value * 256n + BigInt(this.#takeByte());
    const shortest = value >= (SHORTEST_FROM[info - 24] ?? 0n);
    return { argument: narrowed(value), indicator: shortest ? '' : `_${info - 24}` };
  }

  #simple(info: number, start: number): CborHead {
    switch (info) {
      case 24: {
        const value = this.#takeByte();
        if (value < 32) throw new NotWellFormed('simple-value', start);
        return { type: 'simple', notation: `simple(${value})` };
      }
      case 25:
        return { type: 'simple', notation: float(half(this.#takeAll(2))) };
      case 26:
        return { type: 'simple', notation: float(Buffer.from(this.#takeAll(4)).readFloatBE()) };
      case 27:
        return { type: 'simple', notation: float(Buffer.from(this.#takeAll(8)).readDoubleBE()) };
      case 28:
      case 29:
      case 30:
        throw new NotWellFormed('reserved', start);
      case INDEFINITE:
        return { type: 'break' };
      default:
        return { type: 'simple', notation: SIMPLE[info - 20] ?? `simple(${info})` };
    }
  }
}

const INDEFINITE = 31;
const BREAK = 0xff;
/** The least value that needs 1, 2, 4 or 8 bytes. */
const SHORTEST_FROM = [24n, 0x100n, 0x1_0000n, 0x1_0000_0000n];
/** Simple values 20 to 23. */
const SIMPLE = ['false', 'true', 'null', 'undefined'];

function indefinite(major: number, start: number): CborHead {
  switch (major) {
    case 2:
      return { type: 'chunks', of: 'bytes' };
    case 3:
      return { type: 'chunks', of: 'text' };
    case 4:
      return { type: 'array', length: undefined, indicator: '' };
    case 5:
      return { type: 'map', length: undefined, indicator: '' };
    default:
      throw new NotWellFormed('indefinite-length', start);
  }
}

function narrowed(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** binary16 (RFC 8949, appendix D). */
function half(bytes: Uint8Array): number {
  const bits = Buffer.from(bytes).readUInt16BE();
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A float can be told from an integer: 1.0, 1.0e+300. */
function float(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = Object.is(value, -0) ? '-0' : String(value);
  if (text.includes('.')) return text;
  const [digits, exponent] = text.split('e');
  return exponent === undefined ? `${digits}.0` : `${digits}.0e${exponent}`;
}
