/** A packet as a scanner sends it over SSI: `len op 00 status data ck16`. */
export function scannerPacket(op: number, data: Uint8Array | readonly number[], status = 0): Uint8Array {
  return withChecksum([4 + data.length, op, 0x00, status, ...data]);
}

/** A code of a bar code type in one packet of decode data. */
export function decodeData(type: number, code: string, status = 0): Uint8Array {
  return scannerPacket(0xf3, [type, ...Buffer.from(code, 'latin1')], status);
}

/** The same in a GM67's packet with a length of two bytes. */
export function longDecodeData(type: number, code: string): Uint8Array {
  const length = 8 + code.length;
  return withChecksum([
    0xff,
    0xf4,
    length >> 8,
    length & 0xff,
    0xf4,
    0,
    0,
    type,
    ...Buffer.from(code, 'latin1'),
  ]);
}

/** A code in segments (73) as Zebra scanners send them over Bluetooth. */
export function segments(type: number, code: string): Uint8Array[] {
  const length = code.length;
  const announced = [0, 0, (length + 3) >> 8, (length + 3) & 0xff, type, 0x01, length >> 8, length & 0xff];
  const whole = [0xf3, ...announced, ...Buffer.from(code, 'latin1')];
  const count = Math.ceil(whole.length / SEGMENT_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const part = whole.slice(index * SEGMENT_BYTES, (index + 1) * SEGMENT_BYTES);
    return withChecksum([5 + part.length, 0x73, index === 0 ? 0x02 : 0x00, 0x00, index, ...part]);
  });
}

/** The same packet as it is sent again: its resend bit is set. */
export function sentAgain(packet: Uint8Array): Uint8Array {
  const counted = [...packet.subarray(0, -2)];
  counted[3] = (counted[3] ?? 0) | 0x01;
  return withChecksum(counted);
}

const SEGMENT_BYTES = 250;

function withChecksum(counted: readonly number[]): Uint8Array {
  const sum = 0x10000 - counted.reduce((total, byte) => total + byte, 0);
  return Uint8Array.from([...counted, (sum >> 8) & 0xff, sum & 0xff]);
}
