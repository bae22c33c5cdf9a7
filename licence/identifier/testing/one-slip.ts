import fc from 'fast-check';

/** A number as it is after one slip: a character replaced by another, or two unlike neighbours exchanged. */
export function oneSlip(numbers: fc.Arbitrary<string>, alphabet: string): fc.Arbitrary<string> {
  const slip = fc.record({
    number: numbers,
    place: fc.nat(),
    other: fc.constantFrom(...alphabet),
    exchange: fc.boolean(),
  });
  return slip
    .map(({ number, place, other, exchange }) => {
      const at = place % (exchange ? number.length - 1 : number.length);
      const written = exchange ? number.charAt(at + 1) + number.charAt(at) : other;
      const slipped = number.slice(0, at) + written + number.slice(at + written.length);
      return { number, slipped };
    })
    .filter(({ number, slipped }) => number !== slipped)
    .map(({ slipped }) => slipped);
}
