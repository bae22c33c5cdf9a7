import { expect, test } from 'vitest';
import { BUILTIN_PROFILES } from './builtin-profiles.ts';

const numbersOf = (ask: boolean) =>
  BUILTIN_PROFILES.filter((profile) => (profile.ask !== undefined) === ask).map(({ match, transport }) => {
    const hex = (id = 0) => id.toString(16).padStart(4, '0');
    return `${hex(match.vendorId)}:${match.productId === undefined ? '*' : hex(match.productId)} ${transport}`;
  });

test('every known identity is there', () => {
  const newland = ['0d', '13', '16', '1a', '1c', '1d'].flatMap((model) => [
    `1eab:${model}03 keyboard`,
    `1eab:${model}06 serial`,
    `1eab:${model}10 hid`,
  ]);
  expect(numbersOf(false).sort()).toEqual(
    [
      ...['0c2e:0b87 hid', '0c2e:1007 hid', '0c2e:1001 keyboard', '0c2e:0720 serial', '23d0:0c82 serial'],
      ...['05e0:0600 serial', '05e0:1200 keyboard', '05e0:1300 hid', '05e0:1701 serial', '05e0:1900 hid'],
      ...['05f9:4204 serial', ...newland],
      ...['11fa:0200 keyboard', '11fa:0201 hid', '11fa:0202 hid', '11fa:0204 serial', '11fa:0206 hid'],
      ...['1fbb:3850 serial', '27dd:0002 serial', '065a:* serial'],
      ...['2dd6:0261 serial', '2dd6:21ca serial', '2dd6:228a serial', '2dd6:2a6a serial'],
    ].sort(),
  );
});

test('the generic bridges are asked, every one by its numbers', () => {
  expect(numbersOf(true)).toEqual(['1a86:7523 serial', '1a86:5723 serial', '28e9:018a serial']);
});

test('no two profiles of one transport have the same numbers', () => {
  const numbers = [...numbersOf(true), ...numbersOf(false)];
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('keyboards are read as keys, serial ports never are', () => {
  for (const { transport, framing } of BUILTIN_PROFILES) {
    expect(framing === 'keys').toBe(transport === 'keyboard');
  }
});

test('a bridge is asked at the factory rates of the modules that are built in', () => {
  const [bridge] = BUILTIN_PROFILES.filter(({ ask }) => ask);
  const asked = bridge?.ask?.map(({ module, baudRate }) => `${module} ${baudRate}`);
  expect(asked).toEqual([
    'grow 9600',
    'newland 9600',
    'newland 115200',
    'honeywell 115200',
    'ssi 9600',
    'ssi 115200',
    'grow 115200',
  ]);
});

test('what can not be used says what to do', () => {
  const sentences = BUILTIN_PROFILES.flatMap(({ unusable }) => unusable ?? []);
  expect(sentences).toHaveLength(3);
  for (const sentence of sentences) expect(sentence).toContain('scan the');
});
