import { describe, expect, it } from 'vitest';
import { organisationCheckCharacter } from './organisation-code.ts';

describe('an organisation code (GB 11714)', () => {
  it.each([
    ['M000100Y', '4'], // by hand: 22·3 + 1·5 + 34·2 = 139 = 12·11 + 7, and 11 - 7 = 4
    ['00001333', '8'],
    ['00612224', '4'],
    ['MB032716', '9'],
  ])('%s, as published, has the check character %s', (body, check) => {
    expect(organisationCheckCharacter(body)).toBe(check);
  });

  it('has X where ten is left', () => {
    expect(organisationCheckCharacter('00000006')).toBe('X');
  });

  it('has 0 where nothing is left', () => {
    expect(organisationCheckCharacter('00000000')).toBe('0');
  });

  it.each(['', '0000133', '000013338', '0000133a', '0000133 '])('has none for %j', (body) => {
    expect(organisationCheckCharacter(body)).toBeUndefined();
  });
});
