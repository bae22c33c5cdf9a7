import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import { allTargets } from './all-targets.ts';
import { runTarget } from './campaign.ts';

const schema = z.array(z.strictObject({ target: z.string(), promise: z.string(), hex: z.string() }));
const file = new URL('../../licence/regressions/found-cases.json', import.meta.url);
const cases = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
const targets = allTargets(nativeVerifier());

/* Inputs the fuzzer found, in the product as it was or in one broken on purpose: each promise holds now. */
describe('found by the fuzzer', () => {
  it.each(cases)('$target: $promise', ({ target, hex }) => {
    const found = targets.find(({ name }) => name === target);
    const answer = found && runTarget(found, new Uint8Array(Buffer.from(hex, 'hex')));
    expect(answer).toMatchObject({ taken: false });
    expect(answer?.broken).toBeUndefined();
  });
});
