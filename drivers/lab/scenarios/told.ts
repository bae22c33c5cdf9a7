import type { Scan, ScannerFault, ScannerState } from '../../scanner.ts';

/**
 * What the product's process tells the scenario's of its scanners. Times are CLOCK_MONOTONIC in ms: the one clock that
 * two processes have in common.
 */
export type Told =
  | {
      readonly name: 'scan';
      readonly device: Scan['device'];
      /** Its bytes as Latin-1. */
      readonly code: string;
      readonly symbology?: string;
      readonly at: number;
    }
  | { readonly name: 'state'; readonly device: string; readonly state: ScannerState; readonly at: number }
  | { readonly name: 'fault'; readonly device: string; readonly fault: ScannerFault; readonly at: number };

export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
