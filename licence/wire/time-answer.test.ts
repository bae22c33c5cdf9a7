import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { demoKey, NOW } from '../testing/demo-issuer.ts';
import { LABEL } from './label.ts';
import { openTimeAnswer, sealTimeAnswer } from './time-answer.ts';

const KEY = demoKey('city');
const ANSWER = { requestId: new Uint8Array(16).fill(3), unixMs: NOW * 1000 + 123 };

describe('a time answer', () => {
  it('opens as it was sealed, to the millisecond', () => {
    expect(open(sealTimeAnswer(ANSWER, KEY))).toEqual({ ok: true, value: ANSWER });
  });

  it('to another request is refused: an old answer can’t be played again', () => {
    const old = sealTimeAnswer({ ...ANSWER, requestId: new Uint8Array(16).fill(4) }, KEY);
    expect(open(old)).toEqual({ ok: false, detail: 'answers another request' });
  });

  it('by a key without that use is refused', () => {
    expect(open(sealTimeAnswer(ANSWER, demoKey('another')))).toEqual({
      ok: false,
      detail: 'not signed by an admitted key',
    });
  });

  it.each([
    ['without a time', new Map([[LABEL.cti, ANSWER.requestId]])],
    ['without a request id', new Map([[LABEL.unixMs, 1]])],
    ['of nothing', new Map()],
  ])('%s is refused', (_, map) => {
    expect(open(sealSign1(TYP.timeAnswer, encodeCbor(map), KEY))).toEqual({
      ok: false,
      detail: 'not a time answer',
    });
  });
});

function open(bytes: Uint8Array) {
  return openTimeAnswer(bytes, ANSWER.requestId, [KEY.publicKey], nativeVerifier());
}
