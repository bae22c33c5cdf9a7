import { expect, test } from 'vitest';
import { pinFault } from './pin-rules.ts';

test.each(['140236', '94175028', '112233', '121212', '000001', '135790', '123456789098'])(
  '%s may be a PIN',
  (pin) => {
    expect(pinFault(pin)).toBeUndefined();
  },
);

test.each(['', '14023', '1402361402361', '14023a', '140 236', '１４０２３６', '140236\n', '-14023'])(
  '%j has not the form of a PIN',
  (pin) => {
    expect(pinFault(pin)).toBe('pin-form');
  },
);

test.each(['777777', '000000000000', '123456', '654321', '890123', '210987', '012345678901'])(
  '%s is too simple',
  (pin) => {
    expect(pinFault(pin)).toBe('pin-too-simple');
  },
);
