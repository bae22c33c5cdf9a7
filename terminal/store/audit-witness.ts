import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { EPOCH_BYTES } from '../../licence/wire/label.ts';
import type { AuditPosition } from './audit-log.ts';
import { codeOf } from './store-fault.ts';

/**
 * Remembers beside `audit.db` how far the log was written, so that a file that lost its tail (a cut or deleted WAL, an old
 * copy put back) can't pass for a whole one. One small block, overwritten in place after each commit and never synced:
 * after a power cut it may be behind the log. It is never ahead, since a row is on disk before it is noted here; so a
 * witness that is ahead proves that rows are missing.
 */
export class AuditWitness {
  readonly #path: string;
  readonly #block = Buffer.alloc(WITNESS_BYTES);
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** undefined where there is none, or it can't be read: it then says nothing. */
  read(): AuditPosition | undefined {
    try {
      return decode(readFileSync(this.#path));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** @throws the system's error; the log is then no worse for it. */
  note(position: AuditPosition): void {
    this.#file ??= openForWriting(this.#path);
    encode(position, this.#block);
    writeSync(this.#file, this.#block, 0, WITNESS_BYTES, 0);
  }

  close(): void {
    if (this.#file === undefined) return;
    const file = this.#file;
    this.#file = undefined;
    closeSync(file);
  }
}

const MAGIC = Buffer.from('LZW1');
const HEAD_BYTES = 32;
const SEQ_AT = MAGIC.length + EPOCH_BYTES;
const HEAD_AT = SEQ_AT + 8;
const SUM_AT = HEAD_AT + HEAD_BYTES;
/** Far less than a sector, so that no power cut tears it. */
const WITNESS_BYTES = SUM_AT + 4;

/** "LZW1" ‖ epoch ‖ seq (u64, big-endian) ‖ head ‖ CRC-32 over what comes before, for a block that rotted. */
function encode({ epoch, seq, head }: AuditPosition, block: Buffer): void {
  block.set(MAGIC);
  block.set(epoch, MAGIC.length);
  block.writeBigUInt64BE(BigInt(seq), SEQ_AT);
  block.set(head, HEAD_AT);
  block.writeUInt32BE(sumOf(block), SUM_AT);
}

function decode(bytes: Buffer): AuditPosition | undefined {
  if (bytes.length !== WITNESS_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (bytes.readUInt32BE(SUM_AT) !== sumOf(bytes)) return undefined;
  return {
    epoch: new Uint8Array(bytes.subarray(MAGIC.length, SEQ_AT)),
    seq: Number(bytes.readBigUInt64BE(SEQ_AT)),
    head: new Uint8Array(bytes.subarray(HEAD_AT, SUM_AT)),
  };
}

function sumOf(block: Buffer): number {
  return crc32(block.subarray(0, SUM_AT));
}

function openForWriting(path: string): number {
  try {
    return openSync(path, 'r+');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const file = openSync(path, 'wx', 0o600);
  fsyncSync(file); // the one time, so that the file itself outlives a power cut
  return file;
}
