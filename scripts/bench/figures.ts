export interface Row {
  readonly what: string;
  /** What the figure should be, and whether these values meet it. */
  readonly target?: { readonly says: string; met(values: readonly number[]): boolean };
  /** ms */
  readonly values: readonly number[];
}

/** @param q 0 to 1; the nearest-rank quantile. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

export function printTable(rows: readonly Row[]): void {
  for (const { what, target, values } of rows) {
    const figures =
      values.length === 1
        ? `${Math.round(values[0] ?? 0)} ms`
        : [0.5, 0.95, 0.99, 1]
            .map((q) => `${q === 1 ? 'max' : `p${q * 100}`} ${quantile(values, q).toFixed(2)}`)
            .join('  ');
    console.log(
      `${what}: ${figures}${target ? `   (target ${target.says}: ${target.met(values) ? 'met' : 'MISSED'})` : ''}`,
    );
  }
}
