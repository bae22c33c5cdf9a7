import { randomBytes } from 'node:crypto';
import { PRESENTATION_CTI_BYTES } from '../../licence/claims.ts';
import { toCodeText } from '../../licence/code-text.ts';
import { presentLicence } from '../../licence/issue/present-licence.ts';
import { type Presented, RENEW_EVERY_MS } from '../phone/phone-contract.ts';
import type { HeldLicence } from './prepare-licences.ts';
import { drawQr } from './qr.ts';

/** Makes the code a phone shows now: a new presentation, or the licence itself where it is static. @param now unix ms. */
export function present(held: HeldLicence, now: number): Presented {
  const text = toCodeText(codeBytes(held, now));
  const { size, path } = drawQr(text);
  return {
    text,
    qr: { size, path },
    madeAt: now,
    validUntil: held.holder ? now + RENEW_EVERY_MS : null,
  };
}

function codeBytes({ code, holder }: HeldLicence, now: number): Uint8Array {
  if (!holder) return code;
  const cti = new Uint8Array(randomBytes(PRESENTATION_CTI_BYTES));
  return presentLicence(code, { iat: Math.floor(now / 1000), cti }, holder);
}
