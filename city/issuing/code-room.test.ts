import { expect, test } from 'vitest';
import { toCodeText } from '../../licence/code-text.ts';
import { presentLicence } from '../../licence/issue/present-licence.ts';
import {
  DELEGATE_KEY,
  demoLicence,
  demoPresentation,
  HOLDER_KEY,
  licenceCode,
  staticLicence,
} from '../../licence/testing/demo-issuer.ts';
import { drawQr, MAX_QR_VERSION } from '../demo/qr.ts';
import { codeExcess, SHOWABLE_CODE_BYTES } from './code-room.ts';

test('as many bytes as may be shown fit the largest symbol, and not one more', () => {
  const text = (bytes: number) => toCodeText(new Uint8Array(bytes).fill(0xff));
  expect(drawQr(text(SHOWABLE_CODE_BYTES)).version).toBe(MAX_QR_VERSION);
  expect(() => drawQr(text(SHOWABLE_CODE_BYTES + 1))).toThrow();
});

/** A licence with a field of so many characters. */
const long = (length: number) => licenceCode(demoLicence({ fields: new Map([[1, 'x'.repeat(length)]]) }));

test('what is measured is what a phone makes', () => {
  const licence = long(700);
  const made = presentLicence(licence, demoPresentation(), HOLDER_KEY);
  expect(codeExcess(licence, { proof: true })).toBe(made.length - SHOWABLE_CODE_BYTES);
});

test('a delegation counts with what carries it', () => {
  const [licence, delegation] = [long(200), long(100)];
  const made = presentLicence(licence, demoPresentation(), DELEGATE_KEY, delegation);
  expect(codeExcess(licence, { proof: true, delegation })).toBe(made.length - SHOWABLE_CODE_BYTES);
});

test('a static code needs no room for a proof', () => {
  const licence = licenceCode(staticLicence({ fields: new Map([[1, 'x'.repeat(650)]]) }));
  expect(codeExcess(licence, { proof: false })).toBe(0);
  expect(codeExcess(licence, { proof: true })).toBeGreaterThan(0);
});

test('an object no presentation can hold is too large by what it has at least', () => {
  expect(codeExcess(new Uint8Array(5000), { proof: true })).toBe(5000 - SHOWABLE_CODE_BYTES);
});
