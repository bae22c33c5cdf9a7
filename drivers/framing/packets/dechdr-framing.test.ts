import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { feedFraming } from '../../testing/feed-framing.ts';
import { recordFrames } from '../../testing/framing-record.ts';
import { chunksOf, splitsIntoThree, splitsIntoTwo } from '../../testing/splits.ts';
import { MAX_DISCARDED_SHOWN } from '../framing.ts';
import { DECHDR_GAP_MS, dechdrFraming } from './dechdr-framing.ts';

/** A message as the scanner sends it. @param data the code with its suffix */
function message(data: string, aim = 'Q1', length = data.length, counted = length + 14): string {
  const header = Buffer.alloc(4);
  header.writeUInt32LE(counted);
  const digits = String(length).padStart(4, '0');
  return `\x16\xfe${header.toString('latin1')}\rMSGGET${digits}s${aim}\x1d${data}`;
}

function read(...wire: readonly (string | number)[]) {
  return recordFrames(feedFraming(dechdrFraming, wire).frames);
}

test('a code with its header, as published, is read without its suffix', () => {
  const sent = '\x16\xfe\x1b\0\0\0\rMSGGET0013jC0\x1dABCDEFGHIJKL\r';
  expect(message('ABCDEFGHIJKL\r', 'C0').replace('s', 'j')).toBe(sent);
  expect(feedFraming(dechdrFraming, [sent]).frames).toEqual([
    { name: 'code', bytes: new Uint8Array(Buffer.from('ABCDEFGHIJKL')), symbology: ']C0', frames: 1 },
  ]);
});

test('a code is the same wherever its message is split in two or in three', () => {
  const sent = message('LZ1:6\r') + message('\x16\xfe\r\0\r', 'd1');
  for (const chunks of [...splitsIntoTwo(sent), ...splitsIntoThree(sent)]) {
    expect(read(...chunks)).toMatchObject({ codes: ['LZ1:6', '\x16\xfe\r\0'], discarded: [] });
  }
});

test('a scanner that is set to send no suffix is read', () => {
  expect(read(message('LZ1:6BF')).codes).toEqual(['LZ1:6BF']);
});

test('of two CRs at the end one belongs to the code', () => {
  expect(read(message('LZ1\r\r')).codes).toEqual(['LZ1\r']);
});

test('an AIM identifier that is none is left away', () => {
  const [code] = feedFraming(dechdrFraming, [message('A\r', '\0\0')]).frames;
  expect(code).toEqual({ name: 'code', bytes: expect.anything(), frames: 1 });
});

test.each([
  ['whose lengths disagree', message('LZ1:6\r', 'Q1', 6, 21)],
  ['whose length is no number', message('LZ1:6\r').replace('0006', '00x6')],
  ['whose length is padded with spaces', message('LZ1:6\r').replace('0006', '   6')],
  ['of another kind', message('LZ1:6\r').replace('MSGGET', 'MSGPUT')],
])('a message %s is discarded, and the next code is read', (_name, sent) => {
  const { codes, discarded } = read(sent, message('NEXT\r'));
  expect(codes).toEqual(['NEXT']);
  expect(discarded).toEqual([{ why: 'garbage', count: sent.length, bytes: sent }]);
});

test('garbage before, between and after messages is discarded and costs no code', () => {
  const { codes, discarded } = read(
    'noise',
    message('A\r'),
    '\x16\xfe',
    message('B\r'),
    '\x16',
    DECHDR_GAP_MS,
  );
  expect(codes).toEqual(['A', 'B']);
  expect(discarded).toEqual([
    { why: 'garbage', count: 5, bytes: 'noise' },
    { why: 'garbage', count: 2, bytes: '\x16\xfe' },
    { why: 'unfinished', count: 1, bytes: '\x16' },
  ]);
});

test('a message that stops in its middle is discarded, and the next code is clean', () => {
  const half = message('LZ1:6BF\r').slice(0, -3);
  const { codes, discarded } = read(half, DECHDR_GAP_MS, message('NEXT\r'));
  expect(codes).toEqual(['NEXT']);
  expect(discarded).toEqual([{ why: 'unfinished', count: half.length, bytes: half }]);
});

test('a message that lost bytes does not swallow the one behind it', () => {
  const half = message('LZ1:6BF'.repeat(100)).slice(0, 40);
  expect(read(half, message('NEXT\r'), DECHDR_GAP_MS).codes).toEqual(['NEXT']);
});

test('a message is waited for as long as its bytes keep coming', () => {
  const bytes = [...message('LZ1:6BF\r')].flatMap((byte) => [byte, DECHDR_GAP_MS - 1]);
  expect(read(...bytes)).toMatchObject({ codes: ['LZ1:6BF'], discarded: [] });
});

test('the longest code is read, and one byte more is too long', () => {
  const longest = 'A'.repeat(MAX_SCAN_BYTES);
  const { codes, discarded } = read(message(`${longest}\r`), message(`${longest}A\r`), message('NEXT\r'));
  expect(codes).toEqual([longest, 'NEXT']);
  expect(discarded).toEqual([
    { why: 'too-long', count: MAX_SCAN_BYTES + 1, bytes: 'A'.repeat(MAX_DISCARDED_SHOWN) },
  ]);
});

test('a message with no code in it is no code', () => {
  expect(read(message('\r'), message('')).discarded).toMatchObject([{ why: 'garbage' }, { why: 'garbage' }]);
});

test('half a message is discarded when the connection ends', () => {
  const { state } = feedFraming(dechdrFraming, [message('A\r'), '\x16\xfe']);
  expect(recordFrames(dechdrFraming.end(state)).discarded).toEqual([
    { why: 'unfinished', count: 2, bytes: '\x16\xfe' },
  ]);
});

test('noise without end is reported time and again', () => {
  const { discarded } = read(...Array.from({ length: 10 }, () => 'x'.repeat(1_000)));
  expect(discarded).toMatchObject([
    { why: 'garbage', count: MAX_SCAN_BYTES },
    { why: 'garbage', count: MAX_SCAN_BYTES },
  ]);
});

test('whatever comes, in any chunks, nothing is thrown, and what is kept is bounded', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.constantFrom(message('A\r'), message('', 'Q1', 9_999), '\x16\xfe', 'A'.repeat(3_000)),
    fc.integer({ min: 1, max: 2 * DECHDR_GAP_MS }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (wire) => {
      const { kept, spoilt } = feedFraming(dechdrFraming, wire).state;
      expect(kept.length + spoilt.head.length).toBeLessThanOrEqual(3 * MAX_SCAN_BYTES);
    }),
    { numRuns: 60 },
  );
});

test('between any noise every code is found, and every byte is accounted for', () => {
  const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
  const code = fc.string({
    unit: fc.nat(255).map((byte) => String.fromCharCode(byte)),
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(noise, code), { maxLength: 6 }), fc.array(fc.nat(60)), (pairs, sizes) => {
      const sent = pairs.map(([before, text]) => before + message(`${text}\r`)).join('');
      const { codes, discarded } = read(...chunksOf(sent, sizes), DECHDR_GAP_MS);
      expect(codes).toEqual(pairs.map(([, text]) => text));
      expect(discarded.map(({ bytes }) => bytes)).toEqual(pairs.map(([before]) => before).filter(Boolean));
    }),
    { numRuns: 60 },
  );
});
