import { describe, expect, it } from 'vitest';
import { sealAuditReceipt } from '../audit/receipt.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { demoKey } from '../testing/demo-issuer.ts';
import { openSignedTime } from './signed-time.ts';
import { sealTimeAnswer } from './time-answer.ts';

const TIME = demoKey('time');
const RECEIPT = demoKey('receipts');
const CITY = {
  keys: [
    { x: TIME.publicKey, uses: ['time'] },
    { x: RECEIPT.publicKey, uses: ['receipt'] },
  ],
} as const;
const UNIX_MS = 1_790_000_000_123;
const answer = { requestId: new Uint8Array(16), unixMs: UNIX_MS };
const receipt = {
  terminalId: new Uint8Array(16),
  epoch: new Uint8Array(8),
  seq: 1,
  head: new Uint8Array(32),
  unixMs: UNIX_MS,
  forked: false,
};

function opened(proof: Uint8Array) {
  return openSignedTime(proof, CITY, nativeVerifier());
}

describe('a time the city signed', () => {
  it('is read out of a time answer, whichever request it answered', () => {
    expect(opened(sealTimeAnswer(answer, TIME))).toEqual({ ok: true, value: UNIX_MS });
  });

  it('is read out of an audit receipt', () => {
    expect(opened(sealAuditReceipt(receipt, RECEIPT))).toEqual({ ok: true, value: UNIX_MS });
  });

  it('is none out of a time answer by the key for receipts, nor the other way round', () => {
    expect(opened(sealTimeAnswer(answer, RECEIPT))).toMatchObject({ ok: false });
    expect(opened(sealAuditReceipt(receipt, TIME))).toMatchObject({ ok: false });
  });

  it('is none out of what somebody else signed, or nobody', () => {
    expect(opened(sealTimeAnswer(answer, demoKey('stranger')))).toMatchObject({ ok: false });
    expect(opened(new Uint8Array(0))).toMatchObject({ ok: false });
  });
});
