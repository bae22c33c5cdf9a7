/** Where a HID POS scanner puts what into its reports. Positions are bytes of the report as it is read, id included. */
export interface PosLayout {
  /** The id of reports that carry codes; absent where the device's reports have none. */
  readonly reportId?: number;
  /** The byte that says how much data this report carries. */
  readonly lengthAt: number;
  /** Three bytes of AIM identifier (ISO/IEC 15424), where the layout has a place for them. */
  readonly aimAt?: number;
  readonly dataAt: number;
  /** The most data one report holds. */
  readonly dataLength: number;
  /**
   * Set where another report of the same code follows. Layouts without the flag fill every report of a code but the
   * last.
   */
  readonly more?: { readonly byte: number; readonly mask: number };
}

/** 64-byte reports, the flag in bit 0 of the last byte. */
const POS_REPORT = { reportId: 2, lengthAt: 1, dataLength: 56, more: { byte: 63, mask: 0x01 } } as const;

/** Honeywell, Access-IS: 2–4 AIM identifier, 5–60 data, 61 the vendor's own code id, 62 reserved. */
export const LAYOUT_A: PosLayout = { ...POS_REPORT, aimAt: 2, dataAt: 5 };
/** Newland, IDTech, QUIO: 2–57 data, 58–61 reserved, 62 the vendor's own code id or 0. */
export const LAYOUT_B: PosLayout = { ...POS_REPORT, dataAt: 2 };
/** As A, with identifier and data one byte later (seen in public driver code). */
export const LAYOUT_SHIFTED: PosLayout = { ...POS_REPORT, aimAt: 3, dataAt: 6 };
/** Microscan's own HID format, which isn't HID POS: id 1, length, 62 bytes of data, no flag. */
export const LAYOUT_MICROSCAN: PosLayout = { reportId: 1, lengthAt: 1, dataAt: 2, dataLength: 62 };

/** Byte 61 of layout A. */
const VENDOR_ID_AT = 61;
const AIM_LENGTH = 3;

/**
 * Tells the layout by the first report of a code, where nothing better is known. A scanner of layout B that is set to
 * send the AIM identifier in front of the data looks like one of layout A; it shows in the three bytes that A's data
 * then ends with, which are B's filling.
 */
export function layoutShownBy(report: Uint8Array): PosLayout {
  if (aimIn(report, 2) !== undefined) return looksPrefixed(report) ? LAYOUT_B : LAYOUT_A;
  return aimIn(report, 3) !== undefined ? LAYOUT_SHIFTED : LAYOUT_B;
}

function looksPrefixed(report: Uint8Array): boolean {
  const length = report[LAYOUT_A.lengthAt] ?? 0;
  const end = LAYOUT_A.dataAt + length;
  if (length <= AIM_LENGTH || end > VENDOR_ID_AT || report[VENDOR_ID_AT] !== 0) return false;
  return isFilling(report.subarray(end - AIM_LENGTH, end), [0]);
}

/** What one report carries. */
export type PosReport =
  | {
      readonly name: 'part';
      readonly data: Uint8Array;
      readonly symbology?: string;
      /** No other report of this code follows. */
      readonly last: boolean;
    }
  /** Not one that carries codes. */
  | { readonly name: 'foreign'; readonly detail: string }
  /** It should carry a part of a code but can't be read; `last` is undefined where its flag can't be either. */
  | { readonly name: 'damaged'; readonly detail: string; readonly last: boolean | undefined };

/** Reads one report by its layout. Bytes past its end are never read. */
export function readPosReport(layout: PosLayout, report: Uint8Array): PosReport {
  const { reportId, lengthAt, aimAt, dataAt, dataLength, more } = layout;
  if (reportId !== undefined && report[0] !== reportId) {
    return { name: 'foreign', detail: `a report with id ${report[0]}; codes come in ${reportId}` };
  }
  const flags = more && report[more.byte];
  const last = flags === undefined ? undefined : (flags & (more?.mask ?? 0)) === 0;
  const damaged = (detail: string): PosReport => ({ name: 'damaged', detail, last });
  const length = report[lengthAt];
  if (length === undefined) return damaged(`a report of ${report.length} bytes, without its length`);
  if (length > dataLength) return damaged(`a report of ${length} bytes of data; it holds ${dataLength}`);
  const needed = Math.max(
    dataAt + length,
    aimAt === undefined ? 0 : aimAt + AIM_LENGTH,
    more ? more.byte + 1 : 0,
  );
  if (report.length < needed) return damaged(`a report of ${report.length} bytes where ${needed} are needed`);
  const symbology = aimAt === undefined ? undefined : aimIn(report, aimAt);
  if (
    aimAt !== undefined &&
    symbology === undefined &&
    !isFilling(report.subarray(aimAt, aimAt + AIM_LENGTH))
  ) {
    return damaged('no AIM identifier where this layout has it; is it another layout?');
  }
  return {
    name: 'part',
    data: report.slice(dataAt, dataAt + length),
    ...(symbology === undefined ? {} : { symbology }),
    last: last ?? length < dataLength,
  };
}

/** `]`, a letter and a letter or digit. */
function aimIn(report: Uint8Array, at: number): string | undefined {
  const text = String.fromCharCode(...report.subarray(at, at + AIM_LENGTH));
  return /^\][A-Za-z][0-9A-Za-z]$/.test(text) ? text : undefined;
}

/** Continuations, and scanners told to send no identifier, fill its place with NUL or spaces. */
function isFilling(bytes: Uint8Array, fillings: readonly number[] = [0x00, 0x20]): boolean {
  return fillings.some((filling) => bytes.every((byte) => byte === filling));
}
