/** A name that stands twice would let whoever comes first speak for the other. @returns the first such name. */
export function repeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}
