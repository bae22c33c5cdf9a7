import { encodeCbor } from '../cbor/encode.ts';
import { splitCborSequence } from '../cbor/scan.ts';
import { TYP } from '../cose/typ.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import type { SigningKey } from '../issue/signing-key.ts';
import { EPOCH_BYTES, HASH_BYTES, LABEL, TERMINAL_ID_BYTES } from '../wire/label.ts';
import { bytesOf, countOf, type Opened, openSignedMap } from '../wire/signed-map.ts';
import { ROW_PROFILE } from './row.ts';

/** Contiguous rows of one epoch on their way to the city (typ 65006). */
export interface AuditBatch {
  readonly terminalId: Uint8Array;
  readonly epoch: Uint8Array;
  /** seq of the first row. */
  readonly seq: number;
  /** Chain head before the first row. */
  readonly head: Uint8Array;
  /** Encoded rows, as they were hashed. */
  readonly rows: readonly Uint8Array[];
}

export const MAX_BATCH_ROWS = 500;
/** Of the rows together. */
export const MAX_BATCH_BYTES = 256 * 1024;
const MAX_OBJECT_BYTES = MAX_BATCH_BYTES + 1024;

export function sealAuditBatch(batch: AuditBatch, key: SigningKey): Uint8Array {
  const payload = encodeCbor(
    new Map<number, number | Uint8Array>([
      [LABEL.terminalId, batch.terminalId],
      [LABEL.epoch, batch.epoch],
      [LABEL.seq, batch.seq],
      [LABEL.head, batch.head],
      [LABEL.rows, new Uint8Array(Buffer.concat(batch.rows))],
    ]),
  );
  return sealSign1(TYP.auditBatch, payload, key);
}

/** @param publicKey the terminal's. */
export function openAuditBatch(
  bytes: Uint8Array,
  publicKey: Uint8Array,
  verifier: SignatureVerifier,
): Opened<AuditBatch> {
  const opened = openSignedMap(bytes, TYP.auditBatch, [publicKey], verifier, MAX_OBJECT_BYTES);
  if (!opened.ok) return opened;
  const { map } = opened.value;
  const terminalId = bytesOf(map, LABEL.terminalId, TERMINAL_ID_BYTES);
  const epoch = bytesOf(map, LABEL.epoch, EPOCH_BYTES);
  const head = bytesOf(map, LABEL.head, HASH_BYTES);
  const seq = countOf(map, LABEL.seq);
  const sequence = bytesOf(map, LABEL.rows);
  if (!terminalId || !epoch || !head || !seq || !sequence) return { ok: false, detail: 'not an audit batch' };
  const rows = splitCborSequence(sequence, ROW_PROFILE, MAX_BATCH_ROWS);
  if (!rows.ok) return { ok: false, detail: `rows: ${rows.fault.name} at byte ${rows.fault.at}` };
  return { ok: true, value: { terminalId, epoch, seq, head, rows: rows.items } };
}
