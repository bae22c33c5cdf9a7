import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeBase45 } from '../../licence/base45.ts';
import { BADGE_PREFIX, badgeMatches, badgeOf, formatBadge, hashBadge } from './badge.ts';

const BADGE = { id: 'wang', secret: new Uint8Array(16).map((_, i) => i * 7) };
const CODE = formatBadge(BADGE);

test('every badge is read back from its code', () => {
  const id = fc.stringMatching(/^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/);
  const secret = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(id, secret, (one, bytes) => {
      expect(badgeOf(Buffer.from(formatBadge({ id: one, secret: bytes })))).toEqual({
        id: one,
        secret: bytes,
      });
    }),
  );
});

test('a badge is made of characters of the QR alphanumeric set', () => {
  expect(CODE).toMatch(/^LZB1:[0-9A-Z $%*+\-./:]+$/);
});

test('one line terminator of the scanner is taken off', () => {
  expect(badgeOf(Buffer.from(`${CODE}\r\n`))).toEqual(BADGE);
});

test.each([
  ['a licence code', 'LZ1:6BF'],
  ['without its prefix', CODE.slice(BADGE_PREFIX.length)],
  ['in small letters', CODE.toLowerCase()],
  ['cut off', CODE.slice(0, -1)],
  ['with a space before it', ` ${CODE}`],
  ['with two terminators', `${CODE}\r\n\r\n`],
  ['with no id', BADGE_PREFIX + encodeBase45(BADGE.secret)],
  ['with half a secret', BADGE_PREFIX + encodeBase45(BADGE.secret.subarray(8))],
  ['with an id that is none', formatBadge({ ...BADGE, id: 'a b' })],
  ['with an id too long', formatBadge({ ...BADGE, id: 'a'.repeat(33) })],
  ['far too long', CODE + '0'.repeat(100_000)],
  ['empty', ''],
])('what is %s is no badge', (_name, scanned) => {
  expect(badgeOf(Buffer.from(scanned, 'latin1'))).toBeUndefined();
});

test('a badge matches its own hash', () => {
  expect(badgeMatches(BADGE, hashBadge(BADGE))).toBe(true);
});

test.each([
  ['another secret', hashBadge({ ...BADGE, secret: BADGE.secret.with(15, 1) })],
  ['another id', hashBadge({ ...BADGE, id: 'wand' })],
  ['another scheme', hashBadge(BADGE).with(0, 1)],
  ['nothing', new Uint8Array()],
])('a badge does not match a hash of %s', (_name, hash) => {
  expect(badgeMatches(BADGE, hash)).toBe(false);
});
