import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import type { SigningKey } from '../issue/signing-key.ts';
import { LABEL, REQUEST_ID_BYTES, TERMINAL_ID_BYTES } from './label.ts';
import { bytesOf, countOf, type Opened, openSignedMap } from './signed-map.ts';

/**
 * A request that proves itself (typ 65008): it survives proxies that end TLS, because the server checks the object
 * and not the connection.
 */
export interface TerminalRequest {
  /** Method-less route such as `/v1/report`: a request for one can't be replayed at another. */
  readonly route: string;
  readonly terminalId: Uint8Array;
  /** unix seconds, the terminal's best time */
  readonly iat: number;
  /** Random; the server remembers it for the window in which iat is taken. */
  readonly requestId: Uint8Array;
  /** What the route asks for; JSON in UTF-8, may be empty. */
  readonly body: Uint8Array;
}

/** How far a request's iat may lie from the city's time, seconds. */
export const REQUEST_WINDOW_SECONDS = 300;
export const MAX_REQUEST_BYTES = 64 * 1024;
/** Of the health document in a report, UTF-8; it is a few KB, and leaves room in the request for the rest. */
export const MAX_HEALTH_BYTES = 32 * 1024;

export function sealTerminalRequest(request: TerminalRequest, key: SigningKey): Uint8Array {
  const payload = encodeCbor(
    new Map<number, string | number | Uint8Array>([
      [LABEL.route, request.route],
      [LABEL.terminalId, request.terminalId],
      [LABEL.iat, request.iat],
      [LABEL.cti, request.requestId],
      [LABEL.body, request.body],
    ]),
  );
  return sealSign1(TYP.terminalRequest, payload, key);
}

/** Checks shape, signature and route; the caller judges iat, request id and who the terminal is. */
export function openTerminalRequest(
  bytes: Uint8Array,
  route: string,
  publicKey: Uint8Array,
  verifier: SignatureVerifier,
): Opened<TerminalRequest> {
  const opened = openSignedMap(bytes, TYP.terminalRequest, [publicKey], verifier, MAX_REQUEST_BYTES);
  if (!opened.ok) return opened;
  const { map } = opened.value;
  const terminalId = bytesOf(map, LABEL.terminalId, TERMINAL_ID_BYTES);
  const requestId = bytesOf(map, LABEL.cti, REQUEST_ID_BYTES);
  const iat = countOf(map, LABEL.iat);
  const body = bytesOf(map, LABEL.body);
  if (!terminalId || !requestId || iat === undefined || !body)
    return { ok: false, detail: 'not a terminal request' };
  if (map.get(LABEL.route) !== route) return { ok: false, detail: 'made for another route' };
  return { ok: true, value: { route, terminalId, iat, requestId, body } };
}
