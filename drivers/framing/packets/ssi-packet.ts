import { MAX_SCAN_BYTES } from '../../scanner.ts';
import type { PacketMatch } from './packet-cutter.ts';

/** Zebra SSI opcodes that matter to a framing (Simple Serial Interface Programmer's Guide, 72E-40451). */
export const SSI = {
  decodeData: 0xf3,
  /** Grow GM67: decode data in a packet with a length of two bytes. */
  longDecodeData: 0xf4,
  segment: 0x73,
  segmentAck: 0x74,
  ack: 0xd0,
  nak: 0xd1,
  paramSend: 0xc6,
  management: 0x80,
  event: 0xf6,
} as const;

/** Status bits: the packet was sent before; more packets of the same message follow. */
export const RESENT = 0x01;
export const MORE = 0x02;

/** Cause of a NAK: the checksum was wrong, send it again. */
export const NAK_RESEND = 0x01;

const HOST = 0x04;

/** A scanner's packet whose checksum is right. */
export interface SsiPacket {
  readonly op: number;
  readonly status: number;
  /** What follows the status, without the checksum. */
  readonly data: Uint8Array;
  /** The whole packet as it came. */
  readonly bytes: Uint8Array;
}

/**
 * A packet from the host: `len op 04 status data ck16`. `len` counts all but the checksum, which is 0x10000 minus the
 * sum of the bytes before it, big-endian.
 *
 * @throws where the data exceeds the 251 bytes a packet holds
 */
export function ssiPacket(op: number, data: Iterable<number> = [], status = 0): Uint8Array {
  const body = [op, HOST, status, ...data];
  const length = 1 + body.length;
  if (length > 0xff) throw new Error(`an SSI packet counts at most 255 bytes, not ${length}`);
  const counted = [length, ...body];
  const sum = checksum(Uint8Array.from(counted));
  return Uint8Array.from([...counted, sum >> 8, sum & 0xff]);
}

/**
 * Reads the scanner's packet at the beginning of `bytes`. Its header is `len op 00 status`; there are two others:
 *
 * - `FF F4 len16BE F4 00 status`, a GM67's long one, whose length counts everything but the checksum as well. Known
 *   from open drivers of one author (GM67 in Python and C++), measured by nobody here.
 * - `len 73 02|00 00` of a segment: the third byte says that it is the first one (observed by enioka_scan on Bluetooth
 *   scanners; the guide has it otherwise). It looks like a status, so the resend bit is let through in either place.
 */
export function matchSsiPacket(bytes: Uint8Array): PacketMatch<SsiPacket> {
  const header = readHeader(bytes);
  if (header === 'none' || header === 'part') return { name: header };
  const { dataAt, sumAt } = header;
  const length = sumAt + 2;
  if (bytes.length < length) return { name: 'part' };
  const packet = bytes.slice(0, length);
  const sum = ((packet[sumAt] ?? 0) << 8) | (packet[sumAt + 1] ?? 0);
  if (sum !== checksum(packet.subarray(0, sumAt))) return { name: 'damaged' };
  return {
    name: 'whole',
    packet: {
      op: packet[1] ?? 0,
      status: packet[dataAt - 1] ?? 0,
      data: packet.slice(dataAt, sumAt),
      bytes: packet,
    },
    length,
  };
}

interface Header {
  readonly dataAt: number;
  readonly sumAt: number;
}

const HEADER_BYTES = 4;
const LONG_HEADER_BYTES = 7;
const LONG_MARK = 0xff;

function readHeader(bytes: Uint8Array): Header | 'part' | 'none' {
  const [length = 0, op, source] = bytes;
  if (length < HEADER_BYTES) return 'none';
  if (op === undefined) return 'part';
  if (length === LONG_MARK && op === SSI.longDecodeData) return readLongHeader(bytes);
  if (source === undefined) return 'part';
  if (source !== 0 && !(op === SSI.segment && source <= (MORE | RESENT))) return 'none';
  return { dataAt: HEADER_BYTES, sumAt: length };
}

function readLongHeader(bytes: Uint8Array): Header | 'part' | 'none' {
  const [, , high, low, again, source] = bytes;
  if (again !== undefined && again !== SSI.longDecodeData) return 'none';
  if (source !== undefined && source !== 0) return 'none';
  if (high === undefined || low === undefined || again === undefined || source === undefined) return 'part';
  const length = (high << 8) | low;
  // a type byte and the code
  const plausible = length > LONG_HEADER_BYTES && length <= LONG_HEADER_BYTES + 1 + MAX_SCAN_BYTES;
  return plausible ? { dataAt: LONG_HEADER_BYTES, sumAt: length } : 'none';
}

function checksum(bytes: Uint8Array): number {
  return (0x10000 - bytes.reduce((sum, byte) => sum + byte, 0)) & 0xffff;
}
