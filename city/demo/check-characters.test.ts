import { expect, test } from 'vitest';
import { checkCertificateId } from '../../licence/identifier/certificate-id.ts';
import { checkIdCard } from '../../licence/identifier/id-card.ts';
import { checkUscc } from '../../licence/identifier/uscc.ts';
import { certificateId, idNumber, uscc } from './check-characters.ts';

test('an ID number of the demo ends in the check character of GB 11643', () => {
  // by hand: 9·7+9·9+0+1·5+0+0+1·2+9·1+9·6+0+0+5·9+1·10+7·5+0+0+3·2 = 310 = 28·11 + 2
  expect(idNumber('19900517', '003')).toBe('99010019900517003X');
  expect(checkIdCard(idNumber('19900517', '003'))).toBe('ok');
});

test('a unified social credit code of the demo carries both of its check characters', () => {
  expect(uscc('91', 'MA7DEM01')).toMatch(/^91990100MA7DEM01/);
  expect(checkUscc(uscc('91', 'MA7DEM01'))).toBe('ok');
});

test('a licence identifier of the demo ends in the check character of GB/T 36904', () => {
  const id = certificateId('11100000MB03271699022', '340100', '000000016', '001');
  expect(id).toBe('1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9');
  expect(checkCertificateId(id)).toBe('ok');
});

test.each([
  ['an order of four digits', () => idNumber('19900517', '0031')],
  ['a letter among digits', () => idNumber('1990O517', '003')],
  ['an organisation code of seven', () => uscc('91', 'MA7DEM0')],
  ['a letter the code leaves out', () => uscc('91', 'MA7DEM0I')],
  ['lower case', () => certificateId('11100000MB03271699022', '340100', 'a', '001')],
])('no number is made of %s', (_, make) => {
  expect(make).toThrow(RangeError);
});
