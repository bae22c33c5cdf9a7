import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { ALG_EDDSA, HEADER, parseSign1 } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import type { Changes } from '../testing/changed-map.ts';
import { ISSUER_KEY } from '../testing/demo-issuer.ts';
import { hex, toHex, withBitFlipped } from '../testing/hex.ts';
import { headerOf, rawSign1, taggedSign1 } from '../testing/raw-sign1.ts';
import { askProcess } from './ask-process.ts';
import type { Auth0Question } from './auth0-process.ts';
import { wrongEncodings } from './wrong-encodings.ts';

/*
 * Another implementation of COSE, @auth0/cose, beside ours: what one signs the other reads, and nothing is taken here
 * that is refused there. It knows Ed25519 by the older of its two numbers, −8.
 */
const PAYLOAD = hex('a2 01 6b 64656d6f2d697373756572 06 1a 6ab13b80');
const HEADER_BYTES = encodeCbor(header({}));
const OBJECT = rawSign1({ header: HEADER_BYTES, payload: PAYLOAD }, ISSUER_KEY);

const SIGNED_HERE: readonly (readonly [string, Uint8Array])[] = [
  ['an object with claims', OBJECT],
  ['one without claims', rawSign1({ header: header({}), payload: hex('a0') }, ISSUER_KEY)],
  ['a payload of 1,000 bytes', rawSign1({ header: header({}), payload: new Uint8Array(1000) }, ISSUER_KEY)],
  [
    'an object in the header of another',
    rawSign1({ header: header(embedding()), payload: PAYLOAD }, ISSUER_KEY),
  ],
];

type Headers = Extract<Auth0Question, { ask: 'sign' }>['protected'];

const ALG: Headers[number] = [HEADER.alg, ALG_EDDSA];
const KID: Headers[number] = [HEADER.kid, toHex(ISSUER_KEY.kid)];
const TYPE: Headers[number] = [HEADER.typ, TYP.licence];

interface SignedThere {
  readonly having: string;
  readonly inside: Headers;
  readonly outside: Headers;
  /** Why it is refused here; undefined where it is taken. */
  readonly cause: string | undefined;
}

const SIGNED_THERE: readonly SignedThere[] = [
  { having: 'the headers of this format', inside: [ALG, KID, TYPE], outside: [], cause: undefined },
  {
    having: 'headers in another order',
    inside: [TYPE, KID, ALG],
    outside: [],
    cause: 'protected header: key-order',
  },
  {
    having: 'its kid unprotected',
    inside: [ALG, TYPE],
    outside: [KID],
    cause: 'the unprotected header is not empty',
  },
  { having: 'no typ', inside: [ALG, KID], outside: [], cause: 'typ' },
  { having: 'a content type as well', inside: [ALG, [3, 0], KID, TYPE], outside: [], cause: 'header 3' },
];

/** For what we refuse what it takes: this is the strict profile. */
const STRICTER = [
  // it takes an object without tag 18, and lets other tags stand around what it reads
  'envelope: tag',
  'envelope: not-shortest',
  'envelope: indefinite-length',
  'protected header: tag',
  'protected header: not-shortest',
  'protected header: indefinite-length',
  'protected header: key-order',
  // of two it takes the last
  'protected header: duplicate-key',
  // 1.0 is 1 to it
  'protected header: key-type',
  'protected header: float',
  // where nothing is protected it goes by what is not
  'protected header: truncated',
];

const DAMAGED = damagedObjects();
const ANSWERS = ask([
  ...SIGNED_HERE.map(([, code]) => verifyQuestion(code)),
  verifyQuestion(sealSign1(TYP.licence, PAYLOAD, ISSUER_KEY)),
  ...SIGNED_THERE.map(signQuestion),
  ...DAMAGED.map(verifyQuestion),
]);

describe('what is signed here', () => {
  it.each(SIGNED_HERE.map(([what], i) => ({ what, answer: ANSWERS[i] })))(
    'holds there: $what',
    ({ answer }) => {
      expect(answer).toEqual({ ok: '' });
    },
  );

  it('under alg −19 (RFC 9864) is a number it does not know yet', () => {
    expect(ANSWERS[SIGNED_HERE.length]).toEqual({ refused: 'Unsupported algorithm -19' });
  });
});

describe('what is signed there, and holds there', () => {
  const answers = ANSWERS.slice(SIGNED_HERE.length + 1).map(okay);

  it.each(SIGNED_THERE.map((one, i) => ({ ...one, code: answers[i] })))(
    'with $having is taken here, or refused for the cause listed',
    ({ cause, code }) => {
      expect(code).toBeDefined();
      expect(causeHere(hex(code ?? ''))).toBe(cause);
    },
  );

  it('with the headers of this format is, byte for byte, the object signed here', () => {
    expect(answers[0]).toBe(toHex(OBJECT));
  });
});

describe('some three hundred damaged objects', () => {
  const taken = ANSWERS.slice(-DAMAGED.length).map((answer) => 'ok' in answer);
  const causes = DAMAGED.map(causeHere);

  it('are damaged in more than three hundred ways, of which it takes some fifty', () => {
    expect(DAMAGED.length).toBeGreaterThan(300);
    expect(taken.filter(Boolean).length).toBeGreaterThan(50);
  });

  it('none is taken here, whatever it says', () => {
    expect(DAMAGED.filter((_, i) => causes[i] === undefined).map(toHex)).toEqual([]);
  });

  it('those it takes are refused here for what the strict profile leaves out, and for nothing else', () => {
    expect(new Set(causes.filter((_, i) => taken[i]))).toEqual(new Set(STRICTER));
  });
});

function header(changes: Changes) {
  return headerOf(TYP.licence, ISSUER_KEY, { [HEADER.alg]: ALG_EDDSA, ...changes });
}

function embedding(): Record<number, CborValue> {
  return { [HEADER.kcwt]: taggedSign1({ header: header({}), payload: PAYLOAD }, ISSUER_KEY) };
}

/** Bits turned and ends cut off; then, signed again, every wrong encoding of envelope and header, and two odd shapes. */
function damagedObjects(): Uint8Array[] {
  const bits = fc.sample(fc.nat(OBJECT.length * 8 - 1), { numRuns: 160, seed: 1 });
  const lengths = fc.sample(fc.nat(OBJECT.length - 1), { numRuns: 40, seed: 1 });
  const headers = wrongEncodings(HEADER_BYTES).map(({ bytes }) => bytes);
  return [
    ...bits.map((bit) => withBitFlipped(OBJECT, bit)),
    ...lengths.map((length) => OBJECT.subarray(0, length)),
    ...wrongEncodings(OBJECT).map(({ bytes }) => bytes),
    ...headers.map((wrong) => rawSign1({ header: wrong, payload: PAYLOAD }, ISSUER_KEY)),
    OBJECT.subarray(1),
    rawSign1({ header: new Uint8Array(0), unprotected: header({}), payload: PAYLOAD }, ISSUER_KEY),
  ];
}

/** @returns why it is refused here, without the offset; undefined where it is taken. */
function causeHere(code: Uint8Array): string | undefined {
  const parsed = parseSign1(code, [TYP.licence]);
  if (!parsed.ok) return parsed.detail.replace(/ at byte \d+$/, '');
  const { signature, signedBytes } = parsed.sign1;
  const check = nativeVerifier().check(signature, signedBytes, ISSUER_KEY.publicKey);
  return check === 'valid' ? undefined : 'signature';
}

function verifyQuestion(code: Uint8Array): Auth0Question {
  return { ask: 'verify', code: toHex(code), x: base64url(ISSUER_KEY.publicKey) };
}

function signQuestion({ inside, outside }: SignedThere): Auth0Question {
  const key = { x: base64url(ISSUER_KEY.publicKey), d: base64url(ISSUER_KEY.seed) };
  return { ask: 'sign', protected: inside, unprotected: outside, payload: toHex(PAYLOAD), ...key };
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function ask(questions: readonly Auth0Question[]) {
  const answer = z.union([z.strictObject({ ok: z.string() }), z.strictObject({ refused: z.string() })]);
  return askProcess('auth0-process.ts', questions, answer);
}

function okay(answer: ReturnType<typeof ask>[number]): string | undefined {
  return 'ok' in answer ? answer.ok : undefined;
}
