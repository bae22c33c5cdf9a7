import { randomBytes } from 'node:crypto';
import { bestTime, type SignedTime } from '../licence/best-time.ts';
import type { SigningKey } from '../licence/issue/signing-key.ts';
import { REQUEST_ID_BYTES } from '../licence/wire/label.ts';
import { sealTerminalRequest } from '../licence/wire/terminal-request.ts';

/** Who this terminal is to the city. */
export interface Identity {
  readonly terminalId: Uint8Array;
  readonly key: SigningKey;
}

/** A request that proves itself, dated with the best time there is. @param body JSON in UTF-8, may be empty. */
export function sealRequest(
  identity: Identity,
  route: string,
  body: Uint8Array,
  nowMs: number,
  signed: SignedTime | undefined,
): Uint8Array {
  const iat = Math.floor(bestUnixMs(nowMs, signed) / 1000);
  const requestId = new Uint8Array(randomBytes(REQUEST_ID_BYTES));
  return sealTerminalRequest({ route, terminalId: identity.terminalId, iat, requestId, body }, identity.key);
}

/**
 * Best time, falling back to the bare system clock before the first signed one: the agent judges nothing by it then,
 * it only dates its requests, and a wrong date makes the city say so.
 */
export function bestUnixMs(nowMs: number, signed: SignedTime | undefined): number {
  const best = bestTime(nowMs, signed, 0);
  return best.trusted ? best.unixMs : nowMs;
}
