import { describe, expect, it } from 'vitest';
import { MAX_CODE_TEXT, toCodeText } from '../code-text.ts';
import { parseSign1 } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import {
  demoCode,
  demoKey,
  demoLicence,
  demoPresentation,
  demoStatusList,
  HOLDER_KEY,
  licenceCode,
  STATUS_KEY,
} from '../testing/demo-issuer.ts';
import { issueStatusList } from './issue-status-list.ts';
import { presentLicence } from './present-licence.ts';
import { generateSigningKey } from './signing-key.ts';

describe('issuing', () => {
  it('the same licence and key always give the same bytes', () => {
    expect(licenceCode(demoLicence())).toEqual(licenceCode(demoLicence()));
  });

  it('whatever order the fields were filled in', () => {
    const entries = [...demoLicence().fields];
    const forwards = licenceCode(demoLicence({ fields: new Map(entries) }));
    const backwards = licenceCode(demoLicence({ fields: new Map(entries.toReversed()) }));
    expect(forwards).toEqual(backwards);
  });

  it('another key gives another code', () => {
    expect(licenceCode(demoLicence(), demoKey('another'))).not.toEqual(licenceCode(demoLicence()));
  });

  it('the same status list and key always give the same bytes', () => {
    expect(issueStatusList(demoStatusList(), STATUS_KEY)).toEqual(
      issueStatusList(demoStatusList(), STATUS_KEY),
    );
  });

  it('every new key is another', () => {
    expect(generateSigningKey().seed).not.toEqual(generateSigningKey().seed);
  });
});

describe('presenting', () => {
  it('embeds the issuer’s bytes as they are', () => {
    const licence = Buffer.from(licenceCode());
    expect(Buffer.from(demoCode()).includes(licence)).toBe(true);
  });

  it('makes a code of at most 2,400 characters, even of a licence with many long fields', () => {
    const names = Array.from({ length: 12 }, (_, i) => [20 + i, '某省某市某区某街道某号某室'] as const);
    const code = demoCode({ licence: { fields: new Map(names) } });
    expect(toCodeText(code).length).toBeLessThanOrEqual(MAX_CODE_TEXT);
    expect(parseSign1(code, [TYP.presentation])).toMatchObject({ ok: true });
  });

  it('of a usual licence makes a code of less than 1,000 characters, which a counter scanner reads', () => {
    expect(toCodeText(demoCode()).length).toBeLessThan(1000);
  });

  it('throws for what is no licence: the wallet holds wrong bytes', () => {
    expect(() => presentLicence(Uint8Array.of(0x80), demoPresentation(), HOLDER_KEY)).toThrow(
      'not a licence: tag',
    );
  });
});
