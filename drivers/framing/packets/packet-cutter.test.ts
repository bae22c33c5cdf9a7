import { expect, test } from 'vitest';
import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { MAX_DISCARDED_SHOWN } from '../framing.ts';
import { cutPackets, cutRest, discardUncut, type MatchPacket, NOTHING_UNCUT } from './packet-cutter.ts';

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** `<`, a digit for the length, as many bytes, and `>`; with `!` in its place it is damaged. */
const match: MatchPacket<string> = (bytes) => {
  const text = latin1(bytes);
  if (!/^<(\d|$)/.test(text)) return { name: 'none' };
  const length = 3 + Number(text.charAt(1));
  if (text.length < 2 || text.length < length) return { name: 'part' };
  const end = text.charAt(length - 1);
  if (end === '>') return { name: 'whole', packet: text.slice(2, length - 1), length };
  return { name: end === '!' ? 'damaged' : 'none' };
};

function cut(...chunks: string[]) {
  const cuts: unknown[] = [];
  let uncut = NOTHING_UNCUT;
  for (const chunk of chunks) {
    const cutting = cutPackets(match, uncut, Buffer.from(chunk, 'latin1'));
    uncut = cutting.uncut;
    cuts.push(...cutting.cuts.map(brief));
  }
  return { cuts, uncut };
}

function brief(found: ReturnType<typeof cutRest<string>>['cuts'][number]) {
  return found.name === 'packet' ? found.packet : [found.why, latin1(found.bytes), found.count];
}

test('packets are cut out of what surrounds them', () => {
  expect(cut('xy<1A>z<2BC>').cuts).toEqual([['garbage', 'xy', 2], 'A', ['garbage', 'z', 1], 'BC']);
});

test('what may become a packet is kept', () => {
  expect(latin1(cut('<1A><2B').uncut.kept)).toBe('<2B');
  expect(cut('<1A><2B', 'C>').cuts).toEqual(['A', 'BC']);
});

test('a damaged packet is passed by byte by byte, so that one inside it is found', () => {
  expect(cut('<6<1A>xx!<1B>').cuts).toEqual([['bad-checksum', '<6', 2], 'A', ['garbage', 'xx!', 3], 'B']);
});

test('where nothing more comes, a packet behind one that stopped is found', () => {
  const { uncut } = cut('<9<1A>');
  expect(cutRest(match, uncut)).toMatchObject({
    uncut: NOTHING_UNCUT,
    cuts: [
      { why: 'unfinished', count: 2 },
      { name: 'packet', packet: 'A' },
    ],
  });
});

test('what an ending connection leaves is reported together', () => {
  expect(discardUncut(cut('xy<2B').uncut)).toMatchObject([{ why: 'unfinished', count: 5 }]);
  expect(discardUncut(cut('xy').uncut)).toMatchObject([{ why: 'garbage', count: 2 }]);
  expect(discardUncut(NOTHING_UNCUT)).toEqual([]);
});

test('of noise without end the first bytes are shown, as often as a code could be long', () => {
  const { cuts, uncut } = cut(...Array.from({ length: 9 }, () => 'x'.repeat(1_000)));
  const report = ['garbage', 'x'.repeat(MAX_DISCARDED_SHOWN), MAX_SCAN_BYTES];
  expect(cuts).toEqual([report, report]);
  expect(uncut.spoilt.count).toBe(9_000 - 2 * MAX_SCAN_BYTES);
});
