import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { type Changes, changedMap } from '../testing/changed-map.ts';
import { demoBatch } from '../testing/demo-audit.ts';
import { demoKey, NOW } from '../testing/demo-issuer.ts';
import { LABEL } from '../wire/label.ts';
import { sealAuditBatch } from './batch.ts';
import { openAuditReceipt, sealAuditReceipt } from './receipt.ts';

const KEY = demoKey('receipts');
const RECEIPT = {
  terminalId: new Uint8Array(16).fill(1),
  epoch: new Uint8Array(8).fill(2),
  seq: 12,
  head: new Uint8Array(32).fill(3),
  unixMs: NOW * 1000,
  forked: false,
};

describe('an audit receipt', () => {
  it('opens as it was sealed', () => {
    expect(open(sealAuditReceipt(RECEIPT, KEY))).toEqual({ ok: true, value: RECEIPT });
  });

  it('may say that no row is held yet', () => {
    expect(open(sealAuditReceipt({ ...RECEIPT, seq: 0 }, KEY))).toMatchObject({
      ok: true,
      value: { seq: 0 },
    });
  });

  it('may say that the terminal’s log forked', () => {
    expect(open(sealAuditReceipt({ ...RECEIPT, forked: true }, KEY))).toMatchObject({
      value: { forked: true },
    });
  });

  it('by a key without that use is refused', () => {
    expect(open(sealAuditReceipt(RECEIPT, demoKey('terminal')))).toEqual({
      ok: false,
      detail: 'not signed by an admitted key',
    });
  });

  it('can’t be made of the batch it answers', () => {
    expect(open(sealAuditBatch(demoBatch(1), KEY))).toEqual({ ok: false, detail: 'typ' });
  });

  it.each<[string, Changes]>([
    ['without a terminal id', { [LABEL.terminalId]: undefined }],
    ['without an epoch', { [LABEL.epoch]: undefined }],
    ['with a negative seq', { [LABEL.seq]: -1 }],
    ['with a head of 20 bytes', { [LABEL.head]: new Uint8Array(20) }],
    ['without a time', { [LABEL.unixMs]: undefined }],
    ['that does not say whether the log forked', { [LABEL.forked]: undefined }],
    ['that says so with a number', { [LABEL.forked]: 0 }],
  ])('%s is refused', (_, changes) => {
    const map = new Map<number, number | boolean | Uint8Array>([
      [LABEL.terminalId, RECEIPT.terminalId],
      [LABEL.epoch, RECEIPT.epoch],
      [LABEL.seq, RECEIPT.seq],
      [LABEL.head, RECEIPT.head],
      [LABEL.unixMs, RECEIPT.unixMs],
      [LABEL.forked, RECEIPT.forked],
    ]);
    expect(open(sealSign1(TYP.auditReceipt, encodeCbor(changedMap(map, changes)), KEY))).toEqual({
      ok: false,
      detail: 'not an audit receipt',
    });
  });
});

function open(bytes: Uint8Array) {
  return openAuditReceipt(bytes, [KEY.publicKey], nativeVerifier());
}
