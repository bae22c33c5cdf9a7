import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MODULE_NAMES } from './module.ts';
import { moduleNamed } from './modules.ts';

/** What answers are made of, so that random wires come near them. */
const PIECES = [
  ...['\x02\x00\x00\x01\x00\x3331', '\x02\x00', '\x02\x010000', '#SCNMOD2', '\x06;\x03', '\x15;\x03'],
  ...[
    'REVINF',
    'SCNLED1\x06.',
    'SCNAIM',
    '\x05!',
    '\x01\x02',
    'V1',
    '\x03\x04',
    'LZ1:6BF',
    '\r\n',
    '\x00',
    '\xff',
  ],
];

const speaking = MODULE_NAMES.flatMap((name) => {
  const { answers } = moduleNamed(name);
  return answers ? [{ name, answers }] : [];
});

test.each(speaking)('what $name finds at a beginning, more bytes behind it do not change', ({ answers }) => {
  const wire = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(wire, (text) => {
      const bytes = Buffer.from(text, 'latin1');
      let decided: object | undefined;
      for (let length = 1; length <= bytes.length; length++) {
        const match = answers(bytes.subarray(0, length));
        if (decided) expect(match).toEqual(decided);
        if (match.name !== 'part') decided = match;
      }
    }),
    { numRuns: 200 },
  );
});
