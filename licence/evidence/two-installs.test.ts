import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeCbor } from '../cbor/encode.ts';
import { cborValue } from '../testing/cbor-value.ts';
import { toHex } from '../testing/hex.ts';
import { askProcess } from './ask-process.ts';

/*
 * cbor-x reads texts with a native part where one was installed for the platform, and in JavaScript elsewhere. A signed
 * object must say the same on both.
 */
const NATIVE = {};
const PLAIN = { CBOR_NATIVE_ACCELERATION_DISABLED: 'true' };
const VALUES = fc.sample(cborValue(), { numRuns: 300, seed: 1 }).map((value) => toHex(encodeCbor(value)));

describe('the same on an install with the native part, where there is one, and on one without', () => {
  it.each([
    ['with it', NATIVE],
    ['without it', PLAIN],
  ])('%s, any value reads back as what was encoded', (_, environment) => {
    expect(askProcess('recoding-process.ts', VALUES, z.string(), environment)).toEqual(VALUES);
  });

  it('with it, a text that begins with U+FEFF is refused or read as it was written', () => {
    expect(misread(NATIVE)).toEqual([]);
  });

  // past 64 bytes cbor-x would read such a text by a TextDecoder, which takes the mark away
  it('without it, a text that begins with U+FEFF is refused or read as it was written', () => {
    expect(misread(PLAIN)).toEqual([]);
  });
});

const BEGIN_WITH_FEFF = [1, 21, 61, 62, 300].map((length) => `\ufeff${'a'.repeat(length)}`);

/** Texts that came back as another text. */
function misread(environment: Readonly<Record<string, string>>): string[] {
  // our encoder writes none
  const encoded = BEGIN_WITH_FEFF.map((text) =>
    toHex(encodeCbor(text.replace('\ufeff', '中'))).replace('e4b8ad', 'efbbbf'),
  );
  const answers = askProcess('recoding-process.ts', encoded, z.string(), environment);
  return answers.filter((answer, i) => /^[0-9a-f]+$/.test(answer) && answer !== encoded[i]);
}
