import { describe, expect, it } from 'vitest';
import { demoStatusList, NOW } from '../testing/demo-issuer.ts';
import { judgeReplacement } from './judge-replacement.ts';

const held = demoStatusList([3], { iat: NOW });

describe('a list takes the place of the one held', () => {
  it('where none is held', () => {
    expect(judgeReplacement(undefined, held)).toBe('newer');
  });

  it('if it was signed later', () => {
    expect(judgeReplacement(held, demoStatusList([], { iat: NOW + 1 }))).toBe('newer');
  });

  it('if it was signed later and says the same, for it counts longer', () => {
    expect(judgeReplacement(held, { ...held, iat: NOW + 1 })).toBe('newer');
  });

  it('not if it was signed earlier: that would take a revocation back', () => {
    expect(judgeReplacement(held, demoStatusList([], { iat: NOW - 1 }))).toBe('rollback');
  });

  it('nor need it, if it is the same list', () => {
    expect(judgeReplacement(held, { ...held, bitmap: Uint8Array.from(held.bitmap) })).toBe('same');
  });

  it('not if it was signed at the same instant and says something else', () => {
    expect(judgeReplacement(held, demoStatusList([], { iat: NOW }))).toBe('conflict');
  });

  it('not if it says the same bytes in two bits per entry, which is something else', () => {
    expect(judgeReplacement(held, { ...held, bits: 2 })).toBe('conflict');
  });
});
