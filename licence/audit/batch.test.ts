import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { type Changes, changedMap } from '../testing/changed-map.ts';
import { demoBatch } from '../testing/demo-audit.ts';
import { demoKey } from '../testing/demo-issuer.ts';
import { hex } from '../testing/hex.ts';
import { LABEL } from '../wire/label.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_ROWS, openAuditBatch, sealAuditBatch } from './batch.ts';
import { MAX_ROW_BYTES } from './row.ts';

const KEY = demoKey('terminal');

describe('an audit batch', () => {
  it('opens as it was sealed, every row as it was hashed', () => {
    expect(open(sealAuditBatch(demoBatch(3), KEY))).toEqual({ ok: true, value: demoBatch(3) });
  });

  it('of 500 rows opens', () => {
    expect(open(sealAuditBatch(demoBatch(MAX_BATCH_ROWS), KEY))).toMatchObject({ ok: true });
  });

  it('of 501 rows is refused', () => {
    expect(open(sealAuditBatch(demoBatch(MAX_BATCH_ROWS + 1), KEY))).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^rows: too-many-items at byte \d+$/),
    });
  });

  it('with a row of more than 4 KiB is refused', () => {
    const row = encodeCbor(new Uint8Array(MAX_ROW_BYTES));
    expect(open(sealAuditBatch({ ...demoBatch(1), rows: [row] }, KEY))).toEqual({
      ok: false,
      detail: 'rows: too-large at byte 0',
    });
  });

  it('far past 256 KiB is refused before anything is decoded', () => {
    const row = encodeCbor(new Uint8Array(MAX_ROW_BYTES - 3));
    const rows = Array.from({ length: 65 }, () => row);
    expect(open(sealAuditBatch({ ...demoBatch(1), rows }, KEY))).toEqual({
      ok: false,
      detail: `envelope: too-large at byte ${MAX_BATCH_BYTES + 1024}`,
    });
  });

  it('whose rows are no CBOR of the profile is refused, with the fault and its offset', () => {
    const rows = [...demoBatch(0).rows, hex('9f ff')];
    expect(open(sealAuditBatch({ ...demoBatch(1), rows }, KEY))).toEqual({
      ok: false,
      detail: 'rows: indefinite-length at byte 0',
    });
  });

  it('by another terminal’s key is refused', () => {
    expect(open(sealAuditBatch(demoBatch(1), demoKey('another')))).toEqual({
      ok: false,
      detail: 'not signed by an admitted key',
    });
  });

  it.each<[string, Changes]>([
    ['without a terminal id', { [LABEL.terminalId]: undefined }],
    ['with an epoch of 7 bytes', { [LABEL.epoch]: new Uint8Array(7) }],
    ['that begins with row 0', { [LABEL.seq]: 0 }],
    ['with a head of 31 bytes', { [LABEL.head]: new Uint8Array(31) }],
    ['whose rows are an array', { [LABEL.rows]: [] }],
  ])('%s is refused', (_, changes) => {
    const { terminalId, epoch, seq, head } = demoBatch(0);
    const map = new Map<number, number | Uint8Array>([
      [LABEL.terminalId, terminalId],
      [LABEL.epoch, epoch],
      [LABEL.seq, seq],
      [LABEL.head, head],
      [LABEL.rows, new Uint8Array(0)],
    ]);
    expect(open(sealSign1(TYP.auditBatch, encodeCbor(changedMap(map, changes)), KEY))).toEqual({
      ok: false,
      detail: 'not an audit batch',
    });
  });
});

function open(bytes: Uint8Array) {
  return openAuditBatch(bytes, KEY.publicKey, nativeVerifier());
}
