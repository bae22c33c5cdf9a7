import { describe, expect, it } from 'vitest';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { issueResolveAnswer } from '../issue/issue-resolve-answer.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { type Changes, changedMap } from '../testing/changed-map.ts';
import { demoKey, demoLicence, licenceCode, NOW } from '../testing/demo-issuer.ts';
import { LABEL } from './label.ts';
import {
  MAX_RESOLVED_LICENCES,
  openResolveAnswer,
  RESOLVE_REASONS,
  type ResolveAnswer,
} from './resolve-answer.ts';

const CITY = demoKey('resolver');
const REQUEST_ID = new Uint8Array(16).fill(0xd1);
const LICENCE = { code: licenceCode(demoLicence()), state: 'valid' } as const;
const ANSWER: ResolveAnswer = { requestId: REQUEST_ID, iat: NOW, licences: [LICENCE] };

function opened(bytes: Uint8Array, requestId = REQUEST_ID) {
  return openResolveAnswer(bytes, requestId, [CITY.publicKey], nativeVerifier());
}

describe('a resolve answer', () => {
  it('with licences reads back as it was sealed', () => {
    expect(opened(issueResolveAnswer(ANSWER, CITY))).toEqual({ ok: true, value: ANSWER });
  });

  it.each(RESOLVE_REASONS)('with the reason %s reads back as it was sealed', (reason) => {
    const answer = { requestId: REQUEST_ID, iat: NOW, reason };
    expect(opened(issueResolveAnswer(answer, CITY))).toEqual({ ok: true, value: answer });
  });

  it('to another request is refused: an old answer can’t be played again', () => {
    expect(opened(issueResolveAnswer(ANSWER, CITY), new Uint8Array(16))).toEqual({
      ok: false,
      detail: 'answers another request',
    });
  });

  it('of somebody else is refused', () => {
    expect(opened(issueResolveAnswer(ANSWER, demoKey('stranger')))).toMatchObject({ ok: false });
  });

  it('of another typ is refused', () => {
    expect(opened(sealSign1(TYP.timeAnswer, new Uint8Array(0), CITY))).toMatchObject({ ok: false });
  });
});

describe('is refused, properly signed, when', () => {
  const tooMany = Array.from({ length: MAX_RESOLVED_LICENCES + 1 }, () => [new Uint8Array(1), 'valid']);

  it.each<[string, Changes]>([
    ['it names no request', { [LABEL.cti]: undefined }],
    ['it says not when', { [LABEL.iat]: undefined }],
    ['it holds nothing', { [LABEL.licences]: undefined }],
    ['it holds no licence', { [LABEL.licences]: [] }],
    ['it holds more licences than anybody has', { [LABEL.licences]: tooMany }],
    ['it holds licences and a reason', { [LABEL.reason]: 'expired' }],
    ['its reason is unknown', { [LABEL.licences]: undefined, [LABEL.reason]: 'mood' }],
    ['a licence has no state', { [LABEL.licences]: [[new Uint8Array(1)]] }],
    ['a licence has a state of another world', { [LABEL.licences]: [[new Uint8Array(1), 'lost']] }],
    ['a licence has something more', { [LABEL.licences]: [[new Uint8Array(1), 'valid', 1]] }],
    ['a licence is text', { [LABEL.licences]: [['LZ1:', 'valid']] }],
    ['a licence is no array', { [LABEL.licences]: [1] }],
  ])('%s', (_, changes) => {
    const map = new Map<number, CborValue>([
      [LABEL.cti, REQUEST_ID],
      [LABEL.iat, NOW],
      [LABEL.licences, [[LICENCE.code, 'valid']]],
    ]);
    const bytes = sealSign1(TYP.resolveAnswer, encodeCbor(changedMap(map, changes)), CITY);
    expect(opened(bytes)).toMatchObject({ ok: false });
  });
});
