import { describe, expect, it } from 'vitest';
import { demoCityKeys } from '../testing/demo-trust.ts';
import { smallOrderKeys } from '../testing/ed25519-vectors.ts';
import { parseCityKeys, toCityKeysJson } from './city-keys.ts';

describe('city.json', () => {
  it('reads back as it was written', () => {
    expect(parseCityKeys(toCityKeysJson(demoCityKeys()))).toEqual(demoCityKeys());
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'expected object'],
    ['another version', { ...json(), version: 2 }, 'version'],
    ['no audit key', { ...json(), audit: undefined }, 'audit'],
    ['a member nobody knows', { ...json(), more: 1 }, 'more'],
    ['a use nobody knows', { ...json(), keys: [{ x: '', uses: ['mint'] }] }, 'keys[0].uses[0]'],
    ['more keys than a city needs', { ...json(), keys: Array(33).fill({ x: '', uses: [] }) }, 'keys'],
  ])('with %s is refused, and the sentence names it', (_, file, named) => {
    const sentence = parseCityKeys(file);
    expect(sentence).toMatch(/^city\.json: /);
    expect(sentence).toContain(named);
  });

  it.each([
    ['of small order', smallOrderKeys()[4] ?? new Uint8Array(0)],
    ['of 16 bytes', new Uint8Array(16)],
  ])('with a signing key %s is refused', (_, x) => {
    const file = toCityKeysJson({ ...demoCityKeys(), keys: [{ x, uses: ['time'] }] });
    expect(parseCityKeys(file)).toBe('city.json: a key is not a sound Ed25519 key');
  });

  it('with an audit key of another length is refused', () => {
    const file = toCityKeysJson({ ...demoCityKeys(), auditKey: new Uint8Array(31) });
    expect(parseCityKeys(file)).toBe('city.json: the audit key is not 32 bytes');
  });
});

function json() {
  return toCityKeysJson(demoCityKeys());
}
