import { expect, it } from 'vitest';
import { formatGrant, MAX_GRANT_TEXT, parseGrant } from './grant-text.ts';
import { MAX_GRANT_BYTES } from './maintenance-grant.ts';

const BYTES = Uint8Array.from({ length: 200 }, (_, i) => i);
const TEXT = formatGrant(BYTES);

it('the text of a grant gives its bytes back and holds only what a QR code packs tightly', () => {
  expect(parseGrant(TEXT)).toEqual(BYTES);
  expect(TEXT).toMatch(/^LZG1:[0-9A-Z $%*+./:-]+$/);
});

it('the largest grant fits the limit of the text', () => {
  const largest = formatGrant(new Uint8Array(MAX_GRANT_BYTES).fill(0xff));
  expect(largest.length).toBeLessThanOrEqual(MAX_GRANT_TEXT);
  expect(parseGrant(largest)).toHaveLength(MAX_GRANT_BYTES);
});

it.each([
  ['nothing', ''],
  ['a licence code', `LZ1:${TEXT.slice(5)}`],
  ['lower case', TEXT.toLowerCase()],
  ['a line end behind it', `${TEXT}\n`],
  ['white space before it', ` ${TEXT}`],
  ['a character left over', `${TEXT}0`],
  ['more bytes than a grant has', formatGrant(new Uint8Array(MAX_GRANT_BYTES + 1))],
  ['more text than a grant has', `LZG1:${'0'.repeat(MAX_GRANT_TEXT)}`],
])('%s is no grant', (_, text) => {
  expect(parseGrant(text)).toBeUndefined();
});
