import { randomBytes } from 'node:crypto';
import { PRESENTATION_CTI_BYTES } from '../../licence/claims.ts';
import { toCodeText } from '../../licence/code-text.ts';
import { presentLicence } from '../../licence/issue/present-licence.ts';
import { type Presented, RENEW_EVERY_MS } from '../phone/phone-contract.ts';
import type { HeldLicence } from './held-licence.ts';
import { drawQr } from './qr.ts';

/** Makes the code a phone shows now: a new presentation, or the licence itself where it is static. @param now unix ms. */
export function present(held: HeldLicence, now: number): Presented {
  const text = codeText(held, now);
  const { size, path, version } = drawQr(text);
  return {
    text,
    qr: { size, path, version },
    madeAt: now,
    validUntil: held.presenter ? now + RENEW_EVERY_MS : null,
  };
}

/** The text of such a code. */
export function codeText(held: HeldLicence, now: number): string {
  return toCodeText(codeBytes(held, now));
}

function codeBytes({ code, presenter, delegation }: HeldLicence, now: number): Uint8Array {
  if (!presenter) return code;
  const cti = new Uint8Array(randomBytes(PRESENTATION_CTI_BYTES));
  return presentLicence(code, { iat: Math.floor(now / 1000), cti }, presenter, delegation?.code);
}
