import { Point, verify } from '@noble/ed25519';
import { describe, expect, it } from 'vitest';
import { bothVerifier } from '../ed25519/both-verifier.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { isSoundPublicKey, nobleVerifier } from '../ed25519/noble-verifier.ts';
import { smallOrderKeys } from '../testing/ed25519-vectors.ts';
import { hex, toHex } from '../testing/hex.ts';

/**
 * The eight points of small order in all the ways 32 bytes can spell them: y not reduced (0 as p, 1 as p + 1), and a
 * sign where x is 0.
 */
const SPELLINGS: readonly Uint8Array[] = [
  ...smallOrderKeys(),
  hex(`ed${'ff'.repeat(30)}7f`),
  hex(`ed${'ff'.repeat(31)}`),
  hex(`ee${'ff'.repeat(30)}7f`),
  hex(`ee${'ff'.repeat(31)}`),
  hex(`01${'00'.repeat(30)}80`),
  hex(`ec${'ff'.repeat(31)}`),
];
/** Under a key whose order divides 8 an exact verifier holds some of them for some messages only. */
const MESSAGES = Array.from({ length: 4 }, (_, i) => Uint8Array.of(i));

/*
 * Neither OpenSSL nor BoringSSL refuses such keys: node:crypto does so itself, and only since nodejs/node#64026. On
 * Node 20 the native verifier held 216 of these forgeries, made for 16 messages instead of four.
 */
interface Forgery {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

describe.each([
  ['R of small order and S of 0', 784, smallOrderForgeries()],
  ['R of large order, S times the base point moved by a point of small order', 448, movedForgeries()],
])('forgeries under small-order keys, made without any private key: %s', (_, count, forgeries) => {
  it(`are ${count}, and hold with the default of noble (ZIP 215), whatever the message: forgeries indeed`, () => {
    // one message stands for all, since the default asks only up to a point of small order
    const [first] = MESSAGES;
    const ofFirst = forgeries.filter(({ message }) => message === first);
    const refused = ofFirst.filter((one) => !verify(one.signature, one.message, one.publicKey));
    expect([forgeries.length, refused]).toEqual([count, []]);
  });

  it.each([nativeVerifier(), nobleVerifier(), bothVerifier()])(
    'none holds with $name, nor divides it',
    (one) => {
      const heard = forgeries.filter((forgery) => {
        return one.check(forgery.signature, forgery.message, forgery.publicKey) !== 'invalid';
      });
      expect(heard).toEqual([]);
    },
  );
});

describe('a point of small order', () => {
  it.each(SPELLINGS.map(toHex))('is not sound as a public key, spelled %s', (spelling) => {
    expect(isSoundPublicKey(hex(spelling))).toBe(false);
  });
});

/** 0·B = R + k·A holds up to a point of small order, whatever k. */
function smallOrderForgeries(): Forgery[] {
  const rest = new Uint8Array(32);
  return SPELLINGS.flatMap((publicKey) =>
    SPELLINGS.flatMap((r) =>
      MESSAGES.map((message) => ({ publicKey, message, signature: Uint8Array.from([...r, ...rest]) })),
    ),
  );
}

/** S·B = R + k·A with R = S·B + T, of which an eighth to all hold exactly, by the order of A. */
function movedForgeries(): Forgery[] {
  const s = Uint8Array.of(5, ...new Uint8Array(31));
  const base = Point.BASE.multiply(5n);
  return smallOrderKeys().flatMap((t) => {
    const r = base.add(Point.fromBytes(t)).toBytes();
    const signature = Uint8Array.from([...r, ...s]);
    return SPELLINGS.flatMap((publicKey) => MESSAGES.map((message) => ({ publicKey, message, signature })));
  });
}
