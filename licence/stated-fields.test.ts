import { expect, it } from 'vitest';
import { statedFields } from './stated-fields.ts';
import { NOW, staticLicence } from './testing/demo-issuer.ts';

it('the claims say from when and until when, where the fields don’t, in the dates of China', () => {
  const licence = staticLicence({ nbf: NOW, exp: NOW + 86_400, fields: new Map() });
  expect([...statedFields(licence, undefined)]).toEqual([
    [8, '2026-09-21'],
    [9, '2026-09-22'],
  ]);
});

it('what stands in the fields counts', () => {
  const licence = staticLicence({ fields: new Map([[6, 'as written']]) });
  expect(statedFields(licence, 'as admitted').get(6)).toBe('as written');
});

it('a licence until the end of time has no date of its end', () => {
  const licence = staticLicence({ exp: Number.MAX_SAFE_INTEGER, fields: new Map() });
  expect(statedFields(licence, undefined).has(9)).toBe(false);
});
