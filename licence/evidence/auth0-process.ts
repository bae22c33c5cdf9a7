/*
 * Run as a program, since importing @auth0/cose changes how cbor-x reads tag 18 in the whole process. Each line is a
 * question: verify a COSE_Sign1, or sign one.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Sign1 } from '@auth0/cose';
import { z } from 'zod';

const KEY = { kty: 'OKP', crv: 'Ed25519' };
/** Labels in the order to be written; a text stands for the bytes it is the hex of. */
const HEADERS = z.array(z.tuple([z.int(), z.union([z.int(), z.hex()])]));
const QUESTION = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('verify'), code: z.hex(), x: z.base64url() }),
  z.strictObject({
    ask: z.literal('sign'),
    protected: HEADERS,
    unprotected: HEADERS,
    payload: z.hex(),
    x: z.base64url(),
    d: z.base64url(),
  }),
]);
export type Auth0Question = z.infer<typeof QUESTION>;

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(QUESTION.parse(JSON.parse(line)))));
}

/** @returns hex of what was signed, which then also holds; empty for what was to be verified; or what was thrown. */
async function answer(question: Auth0Question) {
  try {
    if (question.ask === 'verify') {
      await verify(bytes(question.code), question.x);
      return { ok: '' };
    }
    const code = await sign(question);
    await verify(code, question.x);
    return { ok: Buffer.from(code).toString('hex') };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws where the library refuses it. */
async function verify(code: Uint8Array, x: string): Promise<void> {
  await Sign1.decode(code).verify(createPublicKey({ key: { ...KEY, x }, format: 'jwk' }));
}

async function sign(question: Extract<Auth0Question, { ask: 'sign' }>): Promise<Uint8Array> {
  const { payload, x, d } = question;
  const key = createPrivateKey({ key: { ...KEY, x, d }, format: 'jwk' });
  const sign1 = await Sign1.sign(
    headers(question.protected),
    headers(question.unprotected),
    bytes(payload),
    key,
  );
  return Uint8Array.from(sign1.encode());
}

function headers(entries: z.infer<typeof HEADERS>): [number, number | Uint8Array][] {
  return entries.map(([label, value]) => [label, typeof value === 'string' ? bytes(value) : value]);
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}
