import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldValue } from '../claims.ts';
import { COMMON_LABEL } from '../field-label.ts';
import { identifierWarnings } from './identifier-warnings.ts';

const ID_CARD = '11010519491231002X';
const USCC = '91350100M000100Y43';
const SUB = '1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9';

describe('the identifiers of a licence', () => {
  it.each([
    ['111', ID_CARD],
    ['001', USCC],
  ])('leave no warning if well formed: holder code of type %s', (type, code) => {
    expect(identifierWarnings(licence(type, code))).toEqual([]);
  });

  it('leave a warning for an ID card number with a fault', () => {
    expect(identifierWarnings(licence('111', '110105194912310021'))).toEqual([
      { what: 'holder-code', number: 'id-card', fault: 'check-character' },
    ]);
  });

  it('leave a warning for a unified social credit code with a fault', () => {
    expect(identifierWarnings(licence('001', '91350100M000100Y44'))).toEqual([
      { what: 'holder-code', number: 'uscc', fault: 'check-character' },
    ]);
  });

  it('leave a warning for a holder code of one type named as the other', () => {
    expect(identifierWarnings(licence('111', USCC))).toEqual([
      { what: 'holder-code', number: 'id-card', fault: 'alphabet' },
    ]);
  });

  it.each(['111', '001'])('leave a warning for a holder code of type %s that is a number', (type) => {
    expect(identifierWarnings(licence(type, 110105194912310))).toMatchObject([{ fault: 'not-text' }]);
  });

  it.each(['414', '1', '', 111, true])('leave no warning for a holder code of another type: %j', (type) => {
    expect(identifierWarnings(licence(type, 'E00000000'))).toEqual([]);
  });

  it('leave no warning for a holder code without a type', () => {
    const fields = new Map([[COMMON_LABEL.holderCode, 'E00000000']]);
    expect(identifierWarnings({ sub: SUB, fields })).toEqual([]);
  });

  it('leave no warning for a type without a holder code', () => {
    const fields = new Map([[COMMON_LABEL.holderCodeType, '111']]);
    expect(identifierWarnings({ sub: SUB, fields })).toEqual([]);
  });

  it('leave a warning for a licence identifier with a fault', () => {
    expect(identifierWarnings(licence('111', ID_CARD, SUB.replace(/9$/, '8')))).toEqual([
      { what: 'licence-identifier', number: 'certificate-id', fault: 'check-character' },
    ]);
  });

  it.each(['', 'urn:uuid:00000000-0000-0000-0000-000000000000', '1.2.156.3005.3.X'])(
    'leave no warning for a licence identifier of another standard: %j',
    (sub) => expect(identifierWarnings(licence('111', ID_CARD, sub))).toEqual([]),
  );

  it('leave both warnings if both are wrong', () => {
    const both = identifierWarnings(licence('001', '', '1.2.156.3005.2.'));
    expect(both.map(({ what, fault }) => [what, fault])).toEqual([
      ['holder-code', 'length'],
      ['licence-identifier', 'parts'],
    ]);
  });
});

describe('whatever a licence holds', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 1500 }), fc.integer(), fc.boolean());
  const sub = fc.oneof(
    fc.string(),
    fc.string({ maxLength: 1500 }).map((tail) => `1.2.156.3005.2.${tail}`),
  );

  it('a warning is made of words known beforehand only', () => {
    const words = [
      'holder-code',
      'licence-identifier',
      'id-card',
      'uscc',
      'certificate-id',
      ...[
        'length',
        'alphabet',
        'date',
        'parts',
        'not-text',
        'check-character',
        'organisation-check-character',
      ],
    ];
    fc.assert(
      fc.property(fc.constantFrom('111', '001', '414'), anything, sub, (type, code, id) => {
        for (const warning of identifierWarnings(licence(type, code, id)))
          for (const value of Object.values(warning)) expect(words).toContain(value);
      }),
    );
  });
});

function licence(type: FieldValue, code: FieldValue, sub = SUB) {
  const fields = new Map([
    [COMMON_LABEL.holderCodeType, type],
    [COMMON_LABEL.holderCode, code],
  ]);
  return { sub, fields };
}
