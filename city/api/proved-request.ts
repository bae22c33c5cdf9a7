import { TYP } from '../../licence/cose/typ.ts';
import {
  MAX_REQUEST_BYTES,
  openTerminalRequest,
  REQUEST_WINDOW_SECONDS,
} from '../../licence/wire/terminal-request.ts';
import type { City } from '../city.ts';
import { findSigner } from '../fleet/find-signer.ts';
import type { ProblemCode } from './problem.ts';

export type ProvedRequest =
  | {
      readonly ok: true;
      readonly terminalId: Uint8Array;
      /** What an answer to it is bound to. */
      readonly requestId: Uint8Array;
      readonly body: Uint8Array;
    }
  | { readonly ok: false; readonly code: ProblemCode; readonly detail: string };

/**
 * Checks a terminal request: signature of an enrolled terminal, its id, the route, iat within the window, and an id
 * never used before. Remembers the id.
 */
export async function proveRequest(city: City, bytes: Uint8Array, route: string): Promise<ProvedRequest> {
  const { terminals, verifier, clock } = city;
  const signer = await findSigner(bytes, TYP.terminalRequest, terminals, verifier, MAX_REQUEST_BYTES);
  if (!signer.ok) return { ok: false, code: signer.fault, detail: signer.detail };
  const { id, public_key } = signer.terminal;
  const opened = openTerminalRequest(bytes, route, public_key, verifier);
  if (!opened.ok) return { ok: false, code: 'malformed', detail: opened.detail };
  const request = opened.value;
  if (Buffer.compare(request.terminalId, id) !== 0) {
    return { ok: false, code: 'not-proved', detail: 'made in the name of another terminal' };
  }
  if (Math.abs(request.iat - clock.now() / 1000) > REQUEST_WINDOW_SECONDS) {
    return { ok: false, code: 'clock', detail: `iat is more than ${REQUEST_WINDOW_SECONDS} s off` };
  }
  if (!(await city.requests.remember(id, request.requestId))) {
    return { ok: false, code: 'replayed', detail: 'this request id was used before' };
  }
  return { ok: true, terminalId: id, requestId: request.requestId, body: request.body };
}
