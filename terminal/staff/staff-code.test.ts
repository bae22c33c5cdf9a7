import { expect, test } from 'vitest';
import { formatGrant } from '../../licence/wire/grant-text.ts';
import { formatBadge } from './badge.ts';
import { grantOf, staffCodeOf } from './staff-code.ts';

const BADGE = { id: 'wang', secret: new Uint8Array(16).fill(0x5a) };
const GRANT = formatGrant(new Uint8Array(200).fill(0xd2));

test('a badge is for the desk', () => {
  expect(staffCodeOf(Buffer.from(formatBadge(BADGE)))).toEqual({ type: 'badge', ...BADGE });
});

test('a grant is for the desk, as the text a login carries', () => {
  expect(staffCodeOf(Buffer.from(`${GRANT}\r`))).toEqual({ type: 'grant', text: GRANT });
});

test.each([
  formatBadge(BADGE).slice(0, -4),
  'LZB1:',
  GRANT.slice(0, -2),
  'LZG1:a',
  `LZG1:${'0'.repeat(2000)}`,
])('%j, which begins as one of them and is none, is not judged as a licence either', (scanned) => {
  expect(staffCodeOf(Buffer.from(scanned))).toEqual({ type: 'unreadable' });
});

test.each(['LZ1:6BF', 'LZR:TOKEN', '', 'LZB', 'LZB2:0000', ' LZB1:00', '\xd2LZB1:'])(
  '%j is not for the desk',
  (scanned) => {
    expect(staffCodeOf(Buffer.from(scanned, 'latin1'))).toBeUndefined();
  },
);

test('what is longer than a grant may be is none', () => {
  expect(grantOf(Buffer.from(formatGrant(new Uint8Array(400))))).toBeUndefined();
});
