import { CLOCK_TOLERANCE_MS } from '../best-time.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { CTI_BYTES } from '../cwt.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import type { SigningKey } from '../issue/signing-key.ts';
import { LABEL, TERMINAL_ID_BYTES } from './label.ts';
import { bytesOf, countOf, type Opened, openSignedMap } from './signed-map.ts';

/** The city's word that somebody may maintain one terminal for some hours (typ 65010). */
export interface MaintenanceGrant {
  readonly terminalId: Uint8Array;
  /** Whom it is for, as the terminal's staff list has them. */
  readonly staff: string;
  /** Until before this, unix seconds. */
  readonly exp: number;
  /** 16 random bytes, which the audit log can name. */
  readonly cti: Uint8Array;
}

export const MAX_GRANT_BYTES = 320;
/** A repair is done within a day; a grant that was lost must not be worth keeping. */
export const MAX_GRANT_SECONDS = 24 * 3600;
/** Staff ids: what is written to the audit log and shown to operators. */
export const STAFF_ID = /^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/;

export function sealMaintenanceGrant(grant: MaintenanceGrant, key: SigningKey): Uint8Array {
  const payload = encodeCbor(
    new Map<number, string | number | Uint8Array>([
      [LABEL.exp, grant.exp],
      [LABEL.cti, grant.cti],
      [LABEL.terminalId, grant.terminalId],
      [LABEL.staff, grant.staff],
    ]),
  );
  return sealSign1(TYP.maintenanceGrant, payload, key);
}

/** Where and when a grant is shown, and who may have signed it. */
export interface GrantContext {
  readonly terminalId: Uint8Array;
  /** The city's keys with use `grant`. */
  readonly keys: readonly Uint8Array[];
  readonly verifier: SignatureVerifier;
  /** Best time, unix seconds; the caller judges whether it is trusted. */
  readonly nowSeconds: number;
}

/** Opens a grant for this terminal that still holds. Whether its staff id is known here is the caller's to judge. */
export function openMaintenanceGrant(bytes: Uint8Array, context: GrantContext): Opened<MaintenanceGrant> {
  const { keys, verifier, nowSeconds } = context;
  const opened = openSignedMap(bytes, TYP.maintenanceGrant, keys, verifier, MAX_GRANT_BYTES);
  if (!opened.ok) return opened;
  const { map } = opened.value;
  const terminalId = bytesOf(map, LABEL.terminalId, TERMINAL_ID_BYTES);
  const cti = bytesOf(map, LABEL.cti, CTI_BYTES);
  const exp = countOf(map, LABEL.exp);
  const staff = map.get(LABEL.staff);
  if (!terminalId || !cti || exp === undefined || typeof staff !== 'string' || !STAFF_ID.test(staff)) {
    return { ok: false, detail: 'not a maintenance grant' };
  }
  if (Buffer.compare(terminalId, context.terminalId) !== 0) {
    return { ok: false, detail: 'for another terminal' };
  }
  if (nowSeconds >= exp) return { ok: false, detail: 'past its time' };
  if (exp - nowSeconds > MAX_GRANT_SECONDS + CLOCK_TOLERANCE_MS / 1000) {
    return { ok: false, detail: 'holds longer than a grant may' };
  }
  return { ok: true, value: { terminalId, staff, exp, cti } };
}
