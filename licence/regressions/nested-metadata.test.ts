import { expect, it } from 'vitest';
import { demoTrustSet } from '../testing/trust-set.ts';
import { openTimestamp } from '../trust/tuf.ts';

/*
 * Found by the fuzzer: tufjs writes a file out anew to check its signature, and takes the square of its depth for it.
 * 240 KB that nobody signed, 5,000 arrays in each other around a long text, cost 0.8 s before they were refused.
 */
it('metadata nested past what metadata needs is malformed before anything is made of it', () => {
  const set = demoTrustSet(new Map());
  const burden = '['.repeat(5000) + JSON.stringify('x'.repeat(230_000)) + ']'.repeat(5000);
  const timestamp = Buffer.from(set.timestamp)
    .toString()
    .replace('"signed":{', `"signed":{"burden":${burden},`);
  expect(openTimestamp(set.root, new TextEncoder().encode(timestamp))).toMatchObject({
    ok: false,
    fault: 'malformed',
  });
});
