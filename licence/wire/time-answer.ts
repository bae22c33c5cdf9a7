import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import type { SigningKey } from '../issue/signing-key.ts';
import { LABEL, REQUEST_ID_BYTES } from './label.ts';
import { bytesOf, countOf, type Opened, openSignedMap } from './signed-map.ts';

/** The city's time (typ 65009), bound to the id of the request, so that an old answer can't be played again. */
export interface TimeAnswer {
  readonly requestId: Uint8Array;
  readonly unixMs: number;
}

export const MAX_TIME_ANSWER_BYTES = 1024;

export function sealTimeAnswer(answer: TimeAnswer, key: SigningKey): Uint8Array {
  const payload = encodeCbor(
    new Map<number, number | Uint8Array>([
      [LABEL.cti, answer.requestId],
      [LABEL.unixMs, answer.unixMs],
    ]),
  );
  return sealSign1(TYP.timeAnswer, payload, key);
}

/** @param keys the city's keys with use `time`. */
export function openTimeAnswer(
  bytes: Uint8Array,
  requestId: Uint8Array,
  keys: readonly Uint8Array[],
  verifier: SignatureVerifier,
): Opened<TimeAnswer> {
  const opened = openKeptTimeAnswer(bytes, keys, verifier);
  if (opened.ok && Buffer.compare(opened.value.requestId, requestId) !== 0) {
    return { ok: false, detail: 'answers another request' };
  }
  return opened;
}

/** Opens an answer kept from before, whichever request it answered. */
export function openKeptTimeAnswer(
  bytes: Uint8Array,
  keys: readonly Uint8Array[],
  verifier: SignatureVerifier,
): Opened<TimeAnswer> {
  const opened = openSignedMap(bytes, TYP.timeAnswer, keys, verifier, MAX_TIME_ANSWER_BYTES);
  if (!opened.ok) return opened;
  const requestId = bytesOf(opened.value.map, LABEL.cti, REQUEST_ID_BYTES);
  const unixMs = countOf(opened.value.map, LABEL.unixMs);
  if (!requestId || unixMs === undefined) return { ok: false, detail: 'not a time answer' };
  return { ok: true, value: { requestId, unixMs } };
}
