import { expect, test } from 'vitest';
import { matchSsiPacket, ssiPacket } from './ssi-packet.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const bytes = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

test.each([
  ['an acknowledgement', 0xd0, [], '04D00400FF28'],
  ['START', 0xe4, [], '04E40400FF14'],
  ['STOP', 0xe5, [], '04E50400FF13'],
  ['the question for the revision', 0xa3, [], '04A30400FF55'],
  ['beep 1', 0xe6, [1], '05E6040001FF10'],
])('%s is the packet of the manual', (_name, op, data, packet) => {
  expect(hex(ssiPacket(op, data))).toBe(packet);
});

test('the status stands in its fourth byte, and the checksum counts it', () => {
  expect(hex(ssiPacket(0xd0, [], 1))).toBe('04D00401FF27');
});

test('a packet that does not fit is refused', () => {
  expect(() => ssiPacket(0xc6, new Uint8Array(252))).toThrow('255');
});

test('a published answer to a parameter question is read', () => {
  const packet = bytes('0A C6 00 00 FF F4 F0 3E 04 FF FB 0C');
  expect(matchSsiPacket(packet)).toEqual({
    name: 'whole',
    packet: { op: 0xc6, status: 0, data: bytes('FF F4 F0 3E 04 FF'), bytes: packet },
    length: 12,
  });
});

test('a published management answer with the status of a response is read', () => {
  const packet = bytes('0f 80 00 80 000b 02 00 0192 42 07 00ffff fc0a');
  expect(matchSsiPacket(packet)).toMatchObject({
    name: 'whole',
    packet: { op: 0x80, status: 0x80 },
    length: 17,
  });
});

test('what follows a packet is not looked at', () => {
  const packet = ssiPacketOfScanner();
  for (let more = 0; more < 256; more++) {
    expect(matchSsiPacket(Uint8Array.from([...packet, more]))).toMatchObject({
      name: 'whole',
      length: packet.length,
    });
  }
});

test('every beginning of a packet is a part', () => {
  const packet = ssiPacketOfScanner();
  for (let length = 1; length < packet.length; length++) {
    expect(matchSsiPacket(packet.subarray(0, length))).toEqual({ name: 'part' });
  }
});

test('a packet with any one byte changed is none, another length, or damaged', () => {
  const packet = ssiPacketOfScanner();
  for (let at = 1; at < packet.length; at++) {
    const changed = packet.slice();
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    expect(['none', 'damaged']).toContain(matchSsiPacket(changed).name);
  }
});

test.each([
  ['a length that holds no header', '03 F3 00'],
  ["the host's own packet", '04 D0 04 00 FF 28'],
  ['text', '4C 5A 31 3A'],
  ['a long packet whose opcode is not repeated', 'FF F4 00 10 F3'],
  ['a long packet beyond any code', 'FF F4 10 09 F4 00'],
])('%s is no packet', (_name, text) => {
  expect(matchSsiPacket(bytes(text))).toEqual({ name: 'none' });
});

function ssiPacketOfScanner(): Uint8Array {
  return bytes('0A C6 00 00 FF F4 F0 3E 04 FF FB 0C');
}
