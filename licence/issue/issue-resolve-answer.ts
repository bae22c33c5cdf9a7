import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { LABEL } from '../wire/label.ts';
import type { ResolveAnswer } from '../wire/resolve-answer.ts';
import { sealSign1 } from './seal-sign1.ts';
import type { SigningKey } from './signing-key.ts';

/** Signs the city's answer to a reference code. @returns COSE bytes. */
export function issueResolveAnswer(answer: ResolveAnswer, key: SigningKey): Uint8Array {
  const payload = new Map<number, CborValue>([
    [LABEL.cti, answer.requestId],
    [LABEL.iat, answer.iat],
  ]);
  if (answer.reason !== undefined) payload.set(LABEL.reason, answer.reason);
  else
    payload.set(
      LABEL.licences,
      answer.licences.map(({ code, state }) => [code, state]),
    );
  return sealSign1(TYP.resolveAnswer, encodeCbor(payload), key);
}
