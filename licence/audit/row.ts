import { createHash } from 'node:crypto';
import { type CborMap, type CborValue, decodeCbor } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import type { CborProfile } from '../cbor/scan.ts';
import { EPOCH_BYTES, TERMINAL_ID_BYTES } from '../wire/label.ts';

/** One event of a terminal's audit log (city-protocol.md, Audit rows). */
export interface AuditRow {
  readonly terminalId: Uint8Array;
  /** Random name of one unbroken chain; a lost or rolled-back store begins another. */
  readonly epoch: Uint8Array;
  /** 1, 2, 3 … within the epoch. */
  readonly seq: number;
  /** 0 to MAX_UNIX_MS. */
  readonly unixMs: number;
  /** As EVENT_NAME has it. */
  readonly event: string;
  /** Readable by whoever runs the log; holds nothing personal. */
  readonly public: CborMap;
  /** HPKE to the city's audit key; null where the event has nothing personal. */
  readonly sealed: Uint8Array | null;
}

const VERSION = 1;
export const MAX_ROW_BYTES = 4096;
/** The last instant a Date can hold (ECMA-262 §21.4.1.1); past it, whoever lists the row can't show its time. */
export const MAX_UNIX_MS = 8.64e15;
/** Nothing that could steer the screen a row is listed on. */
export const EVENT_NAME = /^[a-z][a-z0-9-]{0,63}$/;

export const ROW_PROFILE: CborProfile = {
  maxBytes: MAX_ROW_BYTES,
  maxDepth: 8,
  maxItems: 256,
  tag18: 'none',
  sortedKeys: true,
};

/** @throws RangeError past 4 KiB, or for a time or an event name no row may have: the caller made a bad event. */
export function encodeRow(row: AuditRow): Uint8Array {
  const { terminalId, epoch, seq, unixMs, event, sealed } = row;
  if (!isUnixMs(unixMs)) throw new RangeError(`an audit row at unix ms ${unixMs}`);
  if (!isEventName(event)) throw new RangeError(`an audit row of event ${JSON.stringify(event)}`);
  const bytes = encodeCbor([VERSION, terminalId, epoch, seq, unixMs, event, row.public, sealed]);
  if (bytes.length > MAX_ROW_BYTES) throw new RangeError(`an audit row of ${bytes.length} bytes`);
  return bytes;
}

/** @returns undefined for anything that is not a row of this version. */
export function decodeRow(bytes: Uint8Array): AuditRow | undefined {
  const decoded = decodeCbor(bytes, ROW_PROFILE);
  if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value.length !== 8) return undefined;
  const [version, terminalId, epoch, seq, unixMs, event, publicPart, sealed] =
    decoded.value as readonly CborValue[];
  if (version !== VERSION) return undefined;
  if (!(terminalId instanceof Uint8Array) || terminalId.length !== TERMINAL_ID_BYTES) return undefined;
  if (!(epoch instanceof Uint8Array) || epoch.length !== EPOCH_BYTES) return undefined;
  if (typeof seq !== 'number' || seq < 1 || !isUnixMs(unixMs) || !isEventName(event)) return undefined;
  if (!(publicPart instanceof Map) || (sealed !== null && !(sealed instanceof Uint8Array))) return undefined;
  return { terminalId, epoch, seq, unixMs, event, public: publicPart, sealed };
}

/** h₀ = SHA-256(terminalId ‖ epoch): the head of a chain without rows. */
export function chainStart(terminalId: Uint8Array, epoch: Uint8Array): Uint8Array {
  return sha256(terminalId, epoch);
}

/** h = SHA-256(previous h ‖ row). */
export function chainNext(head: Uint8Array, row: Uint8Array): Uint8Array {
  return sha256(head, row);
}

function isUnixMs(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_UNIX_MS;
}

function isEventName(value: unknown): value is string {
  return typeof value === 'string' && EVENT_NAME.test(value);
}

function sha256(first: Uint8Array, second: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(first).update(second).digest());
}
