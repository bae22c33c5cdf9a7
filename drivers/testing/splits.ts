/** Every way to cut a text into two pieces, neither empty. */
export function splitsIntoTwo(text: string): string[][] {
  return cutsOf(text).map((cut) => [text.slice(0, cut), text.slice(cut)]);
}

/** Every way to cut a text into three pieces, none empty. */
export function splitsIntoThree(text: string): string[][] {
  return cutsOf(text).flatMap((cut) =>
    splitsIntoTwo(text.slice(cut)).map((rest) => [text.slice(0, cut), ...rest]),
  );
}

/** Cuts a text into pieces of these lengths; what is left makes the last one. */
export function chunksOf(text: string, lengths: readonly number[]): string[] {
  let rest = text;
  const chunks = lengths.map((length) => {
    const chunk = rest.slice(0, length);
    rest = rest.slice(length);
    return chunk;
  });
  return [...chunks, rest];
}

function cutsOf(text: string): number[] {
  return Array.from({ length: text.length - 1 }, (_, index) => index + 1);
}
