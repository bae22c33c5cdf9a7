import { describe, expect, it } from 'vitest';
import { decodeCbor } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import type { CborFaultName } from '../cbor/scan.ts';
import { toCodeText } from '../code-text.ts';
import { codeProfile } from '../cose/sign1.ts';
import { delegatedCode, demoContext } from '../testing/demo-issuer.ts';
import { verify } from '../verify.ts';
import { LAYERS, type Layer, resealedCode } from './resealed-code.ts';
import { wrongEncodings } from './wrong-encodings.ts';

const context = demoContext();

describe('a code whose layers were changed and signed again by the true keys', () => {
  it('is the demo code where nothing was changed', () => {
    expect(resealedCode('licence payload', (bytes) => bytes)).toEqual(delegatedCode());
  });

  it.each(['licence payload', 'delegation payload', 'presentation payload'] as const)(
    'is accepted with a claim more in the %s: no signature stands in the way of what follows',
    (layer) => {
      const code = resealedCode(layer, withClaimNobodyKnows);
      expect(code).not.toEqual(delegatedCode());
      expect(judge(code)).toMatchObject({ outcome: 'accepted' });
    },
  );
});

describe.each(LAYERS)('every item of the %s', (layer) => {
  it('in every wrong encoding makes the code malformed, for that very cause', { timeout: 30_000 }, () => {
    const otherwise = wrongEncodings(layerBytes(layer)).flatMap(({ what, bytes, fault }) => {
      const verdict = judge(resealedCode(layer, () => bytes));
      const detail = verdict.outcome === 'accepted' ? '' : verdict.detail;
      const named = detail.includes(`: ${fault} at byte `);
      return verdict.reason === 'malformed' && named ? [] : [{ what, fault, reason: verdict.reason, detail }];
    });
    expect(otherwise).toEqual([]);
  });
});

it('these are more than 1,400 wrong encodings, of every sort', () => {
  const all = LAYERS.flatMap((layer) => wrongEncodings(layerBytes(layer)));
  expect(all.length).toBeGreaterThan(1400);
  expect(new Set(all.map(({ fault }) => fault))).toEqual(new Set(SORTS));
});

const SORTS: readonly CborFaultName[] = [
  'not-shortest',
  'indefinite-length',
  'float',
  'tag',
  'key-type',
  'key-order',
  'duplicate-key',
  'trailing-bytes',
];

function judge(code: Uint8Array) {
  // as text, for raw bytes without their first tag aren't taken for a code at all
  return verify(new TextEncoder().encode(toCodeText(code)), context);
}

function layerBytes(layer: Layer): Uint8Array {
  let found = new Uint8Array(0);
  resealedCode(layer, (bytes) => {
    found = Uint8Array.from(bytes);
    return bytes;
  });
  return found;
}

function withClaimNobodyKnows(payload: Uint8Array): Uint8Array {
  const claims = decodeCbor(payload, codeProfile('none'));
  if (!claims.ok || !(claims.value instanceof Map)) throw new Error('no claims');
  return encodeCbor(new Map([...claims.value, [99_999, 0]]));
}
