import { expect, test } from 'vitest';
import { certificateId, idNumber, mod37by36, uscc } from './check-characters.ts';

test('an ID number ends in the check character of GB 11643', () => {
  // by hand: 9·7+9·9+0+1·5+0+0+1·2+9·1+9·6+0+0+5·9+1·10+7·5+0+0+3·2 = 310 = 28·11 + 2
  expect(idNumber('19900517', '003')).toBe('99010019900517003X');
});

test('a certificate id ends in the check character of ISO 7064 MOD 37,36', () => {
  // the three worked examples of the service list
  expect(mod37by36('11100000000013338W01111430000006122244L20230000403001')).toBe('U');
  expect(mod37by36('11100000000013338W01111430000006122244L20230000403002')).toBe('S');
  expect(certificateId('11100000MB03271699022', '340100', '000000016', '001')).toMatch(/\.001\.9$/);
});

test('a unified social credit code carries both of its check characters', () => {
  const code = uscc('91', 'MA7DEM01');
  expect(code).toMatch(/^91990100MA7DEM01[0-9X][0-9A-HJKLMNPQRTUWXY]$/);
  expect(checks31(code)).toBe(true);
  // a published one, to check the checker
  expect(checks31('91350100M000100Y43')).toBe(true);
  expect(checks31('91350100M000100Y44')).toBe(false);
});

/** GB 32100 turned round: 17 weighted characters and the check character leave nothing modulo 31. */
function checks31(code: string): boolean {
  const values = [...code].map((character) => '0123456789ABCDEFGHJKLMNPQRTUWXY'.indexOf(character));
  const check = values.pop() ?? -1;
  const sum = values.reduce((total, value, index) => total + value * (3 ** index % 31), check);
  return sum % 31 === 0;
}
