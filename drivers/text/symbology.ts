/**
 * Names of AIM symbology identifiers (ISO/IEC 15424): `]`, a letter for the symbology, a modifier that says how the
 * data is to be read.
 *
 * @returns such as `QR code`, `GS1 DataMatrix`; undefined for an identifier the standard doesn't have
 */
export function symbologyName(identifier: string): string | undefined {
  if (!/^\][A-Za-z][0-9A-Za-z]$/.test(identifier)) return undefined;
  return BY_IDENTIFIER.get(identifier) ?? BY_LETTER.get(identifier.charAt(1));
}

/** Whether the data is GS1 element strings, to be read by application identifiers. */
export function isGs1(identifier: string): boolean {
  return GS1_IDENTIFIERS.has(identifier);
}

/** GS1 General Specifications, "symbology identifiers": those that carry element strings with FNC1. */
const GS1_IDENTIFIERS: ReadonlySet<string> = new Set([']C1', ']e0', ']e1', ']e2', ']d2', ']Q3', ']J1']);

const BY_IDENTIFIER: ReadonlyMap<string, string> = new Map([
  [']C1', 'GS1-128'],
  [']d2', 'GS1 DataMatrix'],
  [']e0', 'GS1 DataBar'],
  [']E0', 'EAN-13, UPC-A or UPC-E'],
  [']E3', 'EAN-13 or UPC with add-on'],
  [']E4', 'EAN-8'],
  [']J1', 'GS1 DotCode'],
  [']Q0', 'QR code, model 1'],
  [']Q1', 'QR code'],
  [']Q2', 'QR code with ECI'],
  [']Q3', 'GS1 QR code'],
  [']Q4', 'GS1 QR code with ECI'],
  [']Q5', 'QR code, FNC1 second'],
  [']Q6', 'QR code, FNC1 second, with ECI'],
]);

const BY_LETTER: ReadonlyMap<string, string> = new Map([
  ['A', 'Code 39'],
  ['B', 'Telepen'],
  ['C', 'Code 128'],
  ['D', 'Code One'],
  ['E', 'EAN or UPC'],
  ['F', 'Codabar'],
  ['G', 'Code 93'],
  ['H', 'Code 11'],
  ['I', 'Interleaved 2 of 5'],
  ['J', 'DotCode'],
  ['K', 'Code 16K'],
  ['L', 'PDF417'],
  ['M', 'MSI'],
  ['N', 'Anker'],
  ['O', 'Codablock'],
  ['P', 'Plessey'],
  ['Q', 'QR code'],
  ['R', 'Straight 2 of 5'],
  ['S', 'Straight 2 of 5'],
  ['T', 'Code 49'],
  ['U', 'MaxiCode'],
  ['X', 'other'],
  ['Y', 'expansion'],
  ['Z', 'no bar code'],
  ['c', 'Channel Code'],
  ['d', 'Data Matrix'],
  ['e', 'GS1 DataBar or Composite'],
  ['h', 'Han Xin'],
  ['o', 'OCR'],
  ['p', 'PosiCode'],
  ['s', 'SuperCode'],
  ['z', 'Aztec'],
]);
