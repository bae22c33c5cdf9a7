import { expect, it } from 'vitest';
import { z } from 'zod';
import { bothVerifier } from '../ed25519/both-verifier.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { nobleVerifier } from '../ed25519/noble-verifier.ts';
import { hex } from '../testing/hex.ts';
import { describeVectors } from './published-vectors.ts';

const SCHEMA = z.object({
  testGroups: z.array(
    z.object({
      publicKey: z.object({ pk: z.string() }),
      tests: z.array(
        z.object({ tcId: z.int(), msg: z.string(), sig: z.string(), result: z.enum(['valid', 'invalid']) }),
      ),
    }),
  ),
});

describeVectors('wycheproof/ed25519_test.json', SCHEMA, ({ testGroups }) => {
  const cases = testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((test) => ({ ...test, publicKey: hex(publicKey.pk) })),
  );

  it('has 151 cases', () => {
    expect(cases).toHaveLength(151);
  });

  it.each([bothVerifier(), nativeVerifier(), nobleVerifier()])(
    '$name says of every case what Wycheproof says of it',
    (verifier) => {
      const otherwise = cases.filter(
        ({ sig, msg, publicKey, result }) => verifier.check(hex(sig), hex(msg), publicKey) !== result,
      );
      expect(otherwise).toEqual([]);
    },
  );
});
