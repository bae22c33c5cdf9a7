import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import type { SigningKey } from '../issue/signing-key.ts';
import { EPOCH_BYTES, HASH_BYTES, LABEL, TERMINAL_ID_BYTES } from '../wire/label.ts';
import { bytesOf, countOf, type Opened, openSignedMap } from '../wire/signed-map.ts';

/** The city's word that it durably holds an epoch up to `seq` (typ 65007); also a signed time. */
export interface AuditReceipt {
  readonly terminalId: Uint8Array;
  readonly epoch: Uint8Array;
  /** Last row held; 0 when none is. */
  readonly seq: number;
  /** Chain head after that row. */
  readonly head: Uint8Array;
  readonly unixMs: number;
  /** The terminal's rows differ from those the city has under the same numbers: a cloned or rolled-back disk. */
  readonly forked: boolean;
}

export const MAX_RECEIPT_BYTES = 1024;

export function sealAuditReceipt(receipt: AuditReceipt, key: SigningKey): Uint8Array {
  const payload = encodeCbor(
    new Map<number, number | boolean | Uint8Array>([
      [LABEL.terminalId, receipt.terminalId],
      [LABEL.epoch, receipt.epoch],
      [LABEL.seq, receipt.seq],
      [LABEL.head, receipt.head],
      [LABEL.unixMs, receipt.unixMs],
      [LABEL.forked, receipt.forked],
    ]),
  );
  return sealSign1(TYP.auditReceipt, payload, key);
}

/** @param keys the city's keys with use `receipt`. */
export function openAuditReceipt(
  bytes: Uint8Array,
  keys: readonly Uint8Array[],
  verifier: SignatureVerifier,
): Opened<AuditReceipt> {
  const opened = openSignedMap(bytes, TYP.auditReceipt, keys, verifier, MAX_RECEIPT_BYTES);
  if (!opened.ok) return opened;
  const { map } = opened.value;
  const terminalId = bytesOf(map, LABEL.terminalId, TERMINAL_ID_BYTES);
  const epoch = bytesOf(map, LABEL.epoch, EPOCH_BYTES);
  const head = bytesOf(map, LABEL.head, HASH_BYTES);
  const seq = countOf(map, LABEL.seq);
  const unixMs = countOf(map, LABEL.unixMs);
  const forked = map.get(LABEL.forked);
  if (
    !terminalId ||
    !epoch ||
    !head ||
    seq === undefined ||
    unixMs === undefined ||
    typeof forked !== 'boolean'
  ) {
    return { ok: false, detail: 'not an audit receipt' };
  }
  return { ok: true, value: { terminalId, epoch, seq, head, unixMs, forked } };
}
