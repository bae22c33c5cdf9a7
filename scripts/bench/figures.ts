export type Unit = 'ms' | 'µs' | 'ns' | 'MB' | 'KB' | '×' | '%';

/** What a figure should be, and whether these values are. */
export interface Target {
  readonly says: string;
  met(values: readonly number[]): boolean;
}

export interface Row {
  readonly what: string;
  readonly unit: Unit;
  readonly target?: Target;
  /** One figure, or measurements whose quantiles are of interest. */
  readonly values: readonly number[];
}

/** @param q 0 to 1; the nearest-rank quantile. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @param q of which quantile */
export function atMost(limit: number, unit: Unit, q: number): Target {
  return {
    says: `${nameOf(q)} ≤ ${limit} ${unit}`,
    met: (values) => quantile(values, q) <= limit,
  };
}

/** Of a row with one figure. */
export function atLeast(limit: number, unit: Unit): Target {
  return { says: `≥ ${limit} ${unit}`, met: ([value = Number.NaN]) => value >= limit };
}

export function printTable(rows: readonly Row[]): void {
  for (const { what, unit, target, values } of rows) {
    const [first = Number.NaN] = values;
    const figures =
      values.length === 1
        ? digits(first)
        : QUANTILES.map((q) => `${nameOf(q)} ${digits(quantile(values, q))}`).join('  ');
    const verdict = target ? `   (target ${target.says}: ${target.met(values) ? 'met' : 'MISSED'})` : '';
    console.log(`${what}: ${figures} ${unit}${verdict}`);
  }
}

const QUANTILES = [0.5, 0.95, 0.99, 1];

function nameOf(q: number): string {
  return q === 1 ? 'max' : `p${q * 100}`;
}

function digits(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}
