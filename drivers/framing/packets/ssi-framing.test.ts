import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { feedFraming } from '../../testing/feed-framing.ts';
import { recordFrames } from '../../testing/framing-record.ts';
import { chunksOf, splitsIntoThree, splitsIntoTwo } from '../../testing/splits.ts';
import { decodeData, longDecodeData, scannerPacket, segments, sentAgain } from '../../testing/ssi-packets.ts';
import { MAX_DISCARDED_SHOWN } from '../framing.ts';
import { MESSAGE_GAP_MS, PACKET_GAP_MS, type SsiState, ssiFraming } from './ssi-framing.ts';

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex').toString('latin1');

const ACK = hex('04 D0 04 00 FF 28');
const SEGMENT_ACK = hex('04 74 04 00 FF 84');
const NAK_RESEND = hex('05 D1 04 00 01 FF 25');
const QR = 0x1c;

function read(...wire: readonly (string | Uint8Array | number)[]) {
  return recordFrames(feedFraming(ssiFraming, wire).frames);
}

function damaged(packet: Uint8Array): Uint8Array {
  const copy = packet.slice();
  copy[6] = (copy[6] ?? 0) ^ 0x01;
  return copy;
}

test('a packet of decode data is a code with its symbology, and is acknowledged', () => {
  const packet = hex('0A F3 00 00 1C 4C 5A 31 3A 36 FD A0');
  const { frames } = feedFraming(ssiFraming, [packet]);
  expect(frames).toEqual([
    { name: 'code', bytes: new Uint8Array(Buffer.from('LZ1:6')), symbology: ']Q1', frames: 1 },
    { name: 'reply', bytes: new Uint8Array(Buffer.from(ACK, 'latin1')) },
  ]);
});

test.each([
  [0x03, ']C0'],
  [0x0f, ']C1'],
  [0x0b, ']E0'],
  [0xf1, ']Q1'],
  [0x01, undefined],
  [0x99, undefined],
])('a code of type %i has the symbology %s', (type, symbology) => {
  const [code] = feedFraming(ssiFraming, [decodeData(type, 'A')]).frames;
  expect(code).toEqual({
    name: 'code',
    bytes: expect.anything(),
    frames: 1,
    ...(symbology && { symbology }),
  });
});

test('where the scanner puts an AIM identifier in front, that one is left to tell the symbology', () => {
  const [code] = feedFraming(ssiFraming, [decodeData(QR, ']Q3LZ1:6')]).frames;
  expect(code).toEqual({ name: 'code', bytes: expect.anything(), frames: 1 });
});

test('codes are the same wherever their packets are split in two or in three', () => {
  const sent = latin1(decodeData(QR, 'LZ1:6BF')) + latin1(decodeData(QR, '\0\x01\xff'));
  const whole = feedFraming(ssiFraming, [sent]).frames;
  expect(recordFrames(whole).codes).toEqual(['LZ1:6BF', '\0\x01\xff']);
  for (const chunks of [...splitsIntoTwo(sent), ...splitsIntoThree(sent)]) {
    expect(feedFraming(ssiFraming, chunks).frames).toEqual(whole);
  }
});

test('a code in several packets is one, and each of them is acknowledged', () => {
  const packets = [decodeData(QR, 'LZ1:', 0x02), decodeData(QR, '6B', 0x02), decodeData(QR, 'F')];
  const { frames } = feedFraming(ssiFraming, packets);
  expect(frames.find(({ name }) => name === 'code')).toMatchObject({ symbology: ']Q1', frames: 3 });
  expect(recordFrames(frames)).toEqual({
    codes: ['LZ1:6BF'],
    replies: [ACK, ACK, ACK],
    answers: [],
    discarded: [],
  });
});

test('of a code that goes on with another type nothing is guessed', () => {
  const { codes, discarded } = read(
    decodeData(QR, 'ONE', 0x02),
    decodeData(0x03, 'TWO', 0x02),
    decodeData(QR, 'THREE'),
    decodeData(QR, 'NEXT'),
  );
  expect(codes).toEqual(['NEXT']);
  expect(discarded.map(({ why }) => why)).toEqual(['unfinished', 'garbage']);
});

test('a code whose next packet never comes is discarded, and the next code is clean', () => {
  const { codes, discarded } = read(decodeData(QR, 'HALF', 0x02), MESSAGE_GAP_MS, decodeData(QR, 'WHOLE'));
  expect(codes).toEqual(['WHOLE']);
  expect(discarded).toEqual([{ why: 'unfinished', count: 4, bytes: 'HALF' }]);
});

test('a published code in three segments is read, each acknowledged and the last as a packet', () => {
  const code = 'Z'.repeat(500);
  const packets = [
    hex('FF 73 02 00 00 F3 00 00 01 F7 1C 01 01 F4') + 'Z'.repeat(241) + hex('A6 D5'),
    hex('FF 73 00 00 01') + 'Z'.repeat(250) + hex('A6 A9'),
    hex('0E 73 00 00 02') + 'Z'.repeat(9) + hex('FC 53'),
  ];
  expect(packets).toEqual(segments(QR, code).map(latin1));
  const { frames } = feedFraming(ssiFraming, packets);
  expect(frames.find(({ name }) => name === 'code')).toMatchObject({ symbology: ']Q1', frames: 3 });
  expect(recordFrames(frames)).toEqual({
    codes: [code],
    replies: [SEGMENT_ACK, SEGMENT_ACK, ACK],
    answers: [],
    discarded: [],
  });
});

test('a segment that is sent again does not count twice', () => {
  const [first = '', second = '', third = ''] = segments(QR, 'Z'.repeat(500));
  const { codes, replies, discarded } = read(first, first, second, second, third, third);
  expect(discarded).toEqual([]);
  expect(codes).toEqual(['Z'.repeat(500)]);
  expect(replies).toEqual([SEGMENT_ACK, SEGMENT_ACK, SEGMENT_ACK, SEGMENT_ACK, ACK, ACK]);
});

test('a code with a segment missing is discarded', () => {
  const [first = '', , third = ''] = segments(QR, 'Z'.repeat(500));
  const { codes, discarded } = read(first, third);
  expect(codes).toEqual([]);
  expect(discarded.map(({ why }) => why)).toEqual(['unfinished', 'garbage']);
});

test('a first segment whose lengths disagree is no code', () => {
  const data = [0, 0xf3, 0, 0, 0, 9, QR, 1, 0, 3, 0x41, 0x42, 0x43];
  const { codes, discarded } = read(scannerPacket(0x73, data));
  expect(codes).toEqual([]);
  expect(discarded.map(({ why }) => why)).toEqual(['garbage']);
});

test('a code of which more comes than was announced is discarded', () => {
  const data = [0, 0xf3, 0, 0, 0, 6, QR, 1, 0, 3, 0x41, 0x42, 0x43, 0x44];
  const { codes, discarded } = read(scannerPacket(0x73, data));
  expect(codes).toEqual([]);
  expect(discarded).toEqual([{ why: 'unfinished', count: 4, bytes: 'ABCD' }]);
});

test('segments of one code alone are read, and the same code again is read again', () => {
  const [only = ''] = segments(QR, 'LZ1:6BF');
  expect(read(only, only)).toMatchObject({ codes: ['LZ1:6BF', 'LZ1:6BF'], replies: [ACK, ACK] });
});

test("a GM67's packet with a length of two bytes is a code", () => {
  const code = 'LZ1:'.repeat(200);
  const sent = latin1(longDecodeData(0xf1, code));
  expect(read(sent)).toEqual({ codes: [code], replies: [ACK], answers: [], discarded: [] });
  expect(read(...sent).codes).toEqual([code]);
});

test.each([
  ['ACK', 0xd0, [], []],
  ['NAK', 0xd1, [2], []],
  ['revision', 0xa4, [0x41, 0x42], []],
  ['parameters', 0xc6, [0xff, 0xee, 1], [ACK]],
  ['an event', 0xf6, [1], [ACK]],
  ['one nobody here knows', 0x42, [], []],
])('%s is an answer, the whole packet', (_name, op, data, replies) => {
  const packet = scannerPacket(op, data);
  expect(read(packet)).toEqual({ codes: [], answers: [latin1(packet)], replies, discarded: [] });
});

test('a code that is sent again because the acknowledgement got lost is acknowledged again, not read again', () => {
  const packet = decodeData(QR, 'LZ1:6BF');
  const { codes, replies } = read(packet, sentAgain(packet), scannerPacket(0xd0, []), sentAgain(packet));
  expect(codes).toEqual(['LZ1:6BF']);
  expect(replies).toEqual([ACK, ACK, ACK]);
});

test('the same code shown again is read again', () => {
  expect(read(decodeData(QR, 'A'), decodeData(QR, 'A')).codes).toEqual(['A', 'A']);
});

test('a code sent again that had not come the first time is read', () => {
  expect(read(decodeData(QR, 'A'), sentAgain(decodeData(QR, 'B'))).codes).toEqual(['A', 'B']);
});

test('a packet with a wrong checksum is discarded and asked for again, and then read', () => {
  const packet = decodeData(QR, 'LZ1:6BF');
  const { codes, replies, discarded } = read(damaged(packet), PACKET_GAP_MS, sentAgain(packet));
  expect(discarded).toEqual([{ why: 'bad-checksum', count: packet.length, bytes: latin1(damaged(packet)) }]);
  expect(replies).toEqual([NAK_RESEND, ACK]);
  expect(codes).toEqual(['LZ1:6BF']);
});

test('of a damaged packet that equals the one before it, the resend counts', () => {
  const part = decodeData(QR, 'AA', 0x02);
  const { codes } = read(part, damaged(part), PACKET_GAP_MS, sentAgain(part), decodeData(QR, 'B'));
  expect(codes).toEqual(['AAAAB']);
});

test('after two resends a packet is given up, with the code it belongs to', () => {
  const bad = damaged(decodeData(QR, 'LZ1:6BF', 0x02));
  const { codes, replies, discarded } = read(
    decodeData(QR, 'HEAD', 0x02),
    ...[bad, PACKET_GAP_MS, bad, PACKET_GAP_MS, bad, PACKET_GAP_MS],
    decodeData(QR, 'NEXT'),
  );
  expect(replies).toEqual([ACK, NAK_RESEND, NAK_RESEND, ACK]);
  expect(discarded.map(({ why }) => why)).toEqual([
    'bad-checksum',
    'bad-checksum',
    'bad-checksum',
    'unfinished',
  ]);
  expect(codes).toEqual(['NEXT']);
});

test('the resends are counted for each packet anew', () => {
  const bad = damaged(decodeData(QR, 'LZ1:6BF'));
  const twice = [bad, PACKET_GAP_MS, bad, PACKET_GAP_MS];
  const { replies } = read(...twice, decodeData(QR, 'A'), ...twice);
  expect(replies).toEqual([NAK_RESEND, NAK_RESEND, ACK, NAK_RESEND, NAK_RESEND]);
});

test('garbage before, between and after packets is discarded and costs no code', () => {
  const { codes, discarded, replies } = read(
    'noise',
    decodeData(QR, 'A'),
    'hum',
    decodeData(QR, 'B'),
    'x',
    PACKET_GAP_MS,
  );
  expect(codes).toEqual(['A', 'B']);
  expect(discarded.map(({ why, bytes }) => [why, bytes])).toEqual([
    ['garbage', 'noise'],
    ['garbage', 'hum'],
    ['unfinished', 'x'],
  ]);
  expect(replies).toEqual([ACK, ACK]);
});

test('noise that looks like the header of a longer packet does not swallow the packet behind it', () => {
  const header = hex('FF F3 00');
  const { codes, discarded } = read(header, decodeData(QR, 'A'), PACKET_GAP_MS);
  expect(codes).toEqual(['A']);
  expect(discarded).toEqual([{ why: 'unfinished', count: 3, bytes: header }]);
});

test('a packet that stops in its middle is discarded, and the next code is clean', () => {
  const half = decodeData(QR, 'LZ1:6BF').subarray(0, 9);
  const { codes, discarded, replies } = read(half, PACKET_GAP_MS, decodeData(QR, 'NEXT'));
  expect(codes).toEqual(['NEXT']);
  expect(discarded).toEqual([{ why: 'unfinished', count: 9, bytes: latin1(half) }]);
  expect(replies).toEqual([ACK]);
});

test('a code that is too long is reported once, and the next code is read', () => {
  const part = decodeData(QR, 'A'.repeat(250), 0x02);
  const parts = Array.from({ length: 40 }, () => part);
  const { codes, discarded, replies } = read(...parts, decodeData(QR, 'END'), decodeData(QR, 'NEXT'));
  expect(codes).toEqual(['NEXT']);
  expect(discarded).toEqual([{ why: 'too-long', count: 17 * 250, bytes: 'A'.repeat(MAX_DISCARDED_SHOWN) }]);
  expect(replies).toHaveLength(42);
});

test('a packet with no code in it is no code', () => {
  const { codes, discarded } = read(scannerPacket(0xf3, []), scannerPacket(0xf3, [QR]));
  expect(codes).toEqual([]);
  expect(discarded.map(({ why }) => why)).toEqual(['garbage', 'garbage']);
});

test('half a packet and half a code are discarded when the connection ends', () => {
  const { state } = feedFraming(ssiFraming, [decodeData(QR, 'HALF', 0x02), hex('0A F3')]);
  const { discarded } = recordFrames(ssiFraming.end(state));
  expect(discarded).toEqual([
    { why: 'unfinished', count: 2, bytes: hex('0A F3') },
    { why: 'unfinished', count: 4, bytes: 'HALF' },
  ]);
});

test('between two codes nothing is kept for longer than a resend may take', () => {
  const { state } = feedFraming(ssiFraming, [decodeData(QR, 'A'), MESSAGE_GAP_MS]);
  expect(state).toEqual(ssiFraming.start);
  expect(ssiFraming.patienceMs(state)).toBeUndefined();
});

test('whatever comes, in any chunks, nothing is thrown, and what is kept is bounded', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .constantFrom(hex('FF F3 00 00'), hex('FF F4 10 08 F4 00 00'), hex('FF 73 02 00 00 F3'))
      .map((text) => Buffer.from(text, 'latin1')),
    fc.constant(decodeData(QR, 'A'.repeat(250), 0x02)),
    fc.integer({ min: 1, max: MESSAGE_GAP_MS }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (wire) => {
      const { state } = feedFraming(ssiFraming, wire);
      expect(keptBytes(state)).toBeLessThanOrEqual(3 * MAX_SCAN_BYTES);
    }),
    { numRuns: 60 },
  );
});

test('between any noise that holds no header every code is found, and every byte is accounted for', () => {
  const noise = fc
    .array(
      fc.integer({ min: 1, max: 255 }).filter((byte) => byte !== 0xf4),
      { maxLength: 40 },
    )
    .map((bytes) => latin1(Uint8Array.from(bytes)));
  const code = fc.string({
    unit: fc.nat(255).map((byte) => String.fromCharCode(byte)),
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(noise, code), { maxLength: 6 }), fc.array(fc.nat(60)), (pairs, sizes) => {
      const sent = pairs.map(([before, text]) => before + latin1(decodeData(QR, text))).join('');
      const { codes, discarded } = read(...chunksOf(sent, sizes), PACKET_GAP_MS);
      expect(codes).toEqual(pairs.map(([, text]) => text));
      expect(discarded.map(({ bytes }) => bytes)).toEqual(pairs.map(([before]) => before).filter(Boolean));
    }),
    { numRuns: 60 },
  );
});

function keptBytes({ uncut, open, taken }: SsiState): number {
  return uncut.kept.length + uncut.spoilt.head.length + (open?.code.length ?? 0) + (taken?.length ?? 0);
}
