import { describe, expect, it } from 'vitest';
import { demoStatusList, NOW } from '../testing/demo-issuer.ts';
import { refreshDue } from './refresh-due.ts';

describe('a list is due for a refresh', () => {
  const list = demoStatusList([], { iat: NOW, exp: NOW + 1000, ttl: 300 });
  const { ttl, ...withoutTtl } = list;

  it('once its ttl has passed since it was fetched, not since it was signed', () => {
    expect(refreshDue(list, { fetched: NOW + 100, now: NOW + 399 })).toBe(false);
    expect(refreshDue(list, { fetched: NOW + 100, now: NOW + 400 })).toBe(true);
  });

  it('without a ttl, once half its life has passed since it was fetched', () => {
    expect(refreshDue(withoutTtl, { fetched: NOW, now: NOW + 499 })).toBe(false);
    expect(refreshDue(withoutTtl, { fetched: NOW, now: NOW + 500 })).toBe(true);
  });

  it('at its exp, however late it was fetched', () => {
    expect(refreshDue(list, { fetched: NOW + 999, now: NOW + 1000 })).toBe(true);
  });
});
