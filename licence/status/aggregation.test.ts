import { describe, expect, it } from 'vitest';
import { MAX_URI_BYTES } from '../cwt.ts';
import {
  encodeAggregation,
  MAX_AGGREGATED_LISTS,
  MAX_AGGREGATION_BYTES,
  parseAggregation,
} from './aggregation.ts';

const NO_AGGREGATION = 'not a status list aggregation';
/** The example of draft-ietf-oauth-status-list §9.3. */
const EXAMPLE = `{
   "status_lists" : [
      "https://example.com/statuslists/1",
      "https://example.com/statuslists/2",
      "https://example.com/statuslists/3"
   ]
}`;

describe('a status list aggregation', () => {
  it('names lists in order', () => {
    expect(parse(EXAMPLE)).toEqual({
      ok: true,
      value: [1, 2, 3].map((n) => `https://example.com/statuslists/${n}`),
    });
  });

  it('may name none', () => {
    expect(parse('{"status_lists":[]}')).toEqual({ ok: true, value: [] });
  });

  it('reads back as it was written', () => {
    const uris = ['urn:demo:status:1', 'urn:示例:2'];
    expect(parseAggregation(encodeAggregation(uris))).toEqual({ ok: true, value: uris });
  });

  it('may be as large as its limits say', () => {
    const uris = Array.from({ length: MAX_AGGREGATED_LISTS }, (_, n) => `urn:demo:status:${n}`);
    expect(parseAggregation(encodeAggregation(uris))).toMatchObject({ ok: true });
  });

  it.each([
    ['that is no JSON', '{', NO_AGGREGATION],
    ['that is no object', '[]', NO_AGGREGATION],
    ['without its member', '{}', NO_AGGREGATION],
    ['with a member the standard does not give it', '{"status_lists":[],"ttl":1}', NO_AGGREGATION],
    ['with a name that is no text', '{"status_lists":[1]}', NO_AGGREGATION],
    ['with an empty name', '{"status_lists":[""]}', NO_AGGREGATION],
    ['with a name too long', listing('u'.repeat(MAX_URI_BYTES + 1)), NO_AGGREGATION],
    [
      'with a list too many',
      listing(...Array.from({ length: MAX_AGGREGATED_LISTS + 1 }, (_, n) => `u${n}`)),
      NO_AGGREGATION,
    ],
    ['with one list twice', listing('u', 'v', 'u'), 'a list is named twice'],
    ['past its size', ' '.repeat(MAX_AGGREGATION_BYTES + 1), `longer than ${MAX_AGGREGATION_BYTES} bytes`],
  ])('%s is refused', (_, json, detail) => {
    expect(parse(json)).toEqual({ ok: false, detail });
  });

  it('that is no UTF-8 is refused', () => {
    expect(parseAggregation(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: false, detail: 'not UTF-8' });
  });

  it.each([
    ['twice', ['u', 'u']],
    ['under no name', ['']],
    ['in too many bytes', Array.from({ length: 600 }, (_, n) => `${n}`.padEnd(MAX_URI_BYTES, 'u'))],
  ])('isn’t written with lists %s, which no terminal would read', (_, uris) => {
    expect(() => encodeAggregation(uris)).toThrow(RangeError);
  });
});

function parse(json: string) {
  return parseAggregation(new Uint8Array(Buffer.from(json)));
}

function listing(...uris: string[]): string {
  return JSON.stringify({ status_lists: uris });
}
