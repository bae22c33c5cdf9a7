import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { MAX_PIN_INPUT, readPin } from './read-pin.ts';

const NOBODY_ASKED = {
  write: (text: string) => {
    throw new Error(`asked where nobody sits: ${text}`);
  },
};

test.each([['580137\n'], ['580137'], ['580137\r\n'], ['580137\nsomething else\n'], ['580', '137', '\n']])(
  'the first line of what is piped in is the PIN: %j',
  async (...chunks) => {
    expect(await readPin(Readable.from(chunks), NOBODY_ASKED)).toBe('580137');
  },
);

test.each(['', '\n', '\r\n580137\n'])('%j has no PIN in its first line', async (input) => {
  await expect(readPin(Readable.from([input]), NOBODY_ASKED)).rejects.toThrow('no PIN given');
});

test('what never ends is read no further than a PIN can reach', async () => {
  let read = 0;
  const endless = Readable.from(
    (function* () {
      for (;;) {
        read += 1;
        yield '1';
      }
    })(),
  );
  await expect(readPin(endless, NOBODY_ASKED)).rejects.toThrow('is no PIN');
  expect(read).toBeLessThan(2 * MAX_PIN_INPUT);
});
