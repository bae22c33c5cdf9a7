import type { Scan, Scanner, ScannerFault, ScannerState } from '../scanner.ts';

/** Everything a scanner has told since this record was begun. */
export interface ScannerRecord {
  readonly scans: readonly Scan[];
  /** The scans' bytes as Latin-1 text, which a test can be read with. */
  readonly codes: readonly string[];
  readonly states: readonly ScannerState[];
  readonly faults: readonly ScannerFault[];
}

export function recordScanner(scanner: Pick<Scanner, 'on'>): ScannerRecord {
  const record = {
    scans: [] as Scan[],
    codes: [] as string[],
    states: [] as ScannerState[],
    faults: [] as ScannerFault[],
  };
  scanner.on('scan', (scan) => {
    record.scans.push(scan);
    record.codes.push(Buffer.from(scan.bytes).toString('latin1'));
  });
  scanner.on('state', (state) => record.states.push(state));
  scanner.on('fault', (fault) => record.faults.push(fault));
  return record;
}
