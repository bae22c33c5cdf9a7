import type { PosLayout } from '../framing/hid/hid-pos-layout.ts';

/**
 * The reports a scanner of this layout sends for one code, each as full as it gets.
 *
 * @param aim `]Q1` where absent; of no use where the layout has no place for it
 */
export function posReports(layout: PosLayout, code: Uint8Array | string, aim?: string): Uint8Array[] {
  const bytes = bytesOf(code);
  const starts = Array.from(
    { length: Math.max(1, Math.ceil(bytes.length / layout.dataLength)) },
    (_, index) => index * layout.dataLength,
  );
  return posReportsOf(
    layout,
    starts.map((start) => bytes.subarray(start, start + layout.dataLength)),
    aim,
  );
}

/** The same for a scanner that puts so much into each report and no more. */
export function posReportsOf(
  layout: PosLayout,
  parts: readonly (Uint8Array | string)[],
  aim = ']Q1',
): Uint8Array[] {
  return parts.map((part, index) => posReport(layout, bytesOf(part), aim, index < parts.length - 1));
}

/** One report; its data may be anything that fits. */
export function posReport(layout: PosLayout, data: Uint8Array, aim: string, follows: boolean): Uint8Array {
  const { reportId, lengthAt, aimAt, dataAt, dataLength, more } = layout;
  const report = new Uint8Array(Math.max(dataAt + dataLength, (more?.byte ?? 0) + 1));
  if (reportId !== undefined) report[0] = reportId;
  report[lengthAt] = data.length;
  if (aimAt !== undefined) report.set(bytesOf(aim), aimAt);
  report.set(data, dataAt);
  if (more && follows) report[more.byte] = more.mask;
  return report;
}

/** What one SNAPI barcode report holds. */
const SNAPI_DATA_LENGTH = 26;
/** QR, in Zebra's own numbering. */
const SNAPI_QR = 28;

/** The reports of a SNAPI scanner for one code. */
export function snapiReports(code: Uint8Array | string, type = SNAPI_QR): Uint8Array[] {
  const bytes = bytesOf(code);
  const total = Math.ceil(bytes.length / SNAPI_DATA_LENGTH);
  return Array.from({ length: total }, (_, index) => {
    const data = bytes.subarray(index * SNAPI_DATA_LENGTH, (index + 1) * SNAPI_DATA_LENGTH);
    const report = new Uint8Array(32);
    report.set([0x22, total, index, data.length, type, 0]);
    report.set(data, 6);
    return report;
  });
}

/** HID POS report descriptors, by the layout they state. */
export const DESCRIPTORS = {
  /** LAYOUT_A: after the data two bytes of a vendor's page, then eight bits of the flag's usage. */
  layoutA: fromHex(`
    05 8C 09 02 A1 01 09 12 A1 02 85 02 15 00 26 FF 00 75 08
    95 01 05 01 09 3B 81 02  05 8C 95 03 09 FB 09 FC 09 FD 81 02  95 38 09 FE 82 02 01
    06 00 FF 95 02 09 01 09 02 81 02
    05 8C 25 01 75 01 95 08 09 FF 81 02 C0
    06 00 FF 75 08 26 FF 00 09 03 A1 02 85 FD 95 01 09 04 91 02 95 3E 09 05 92 02 01 C0 C0`),
  /** LAYOUT_B: no identifier; five bytes of padding, the flag and seven bits of padding. */
  layoutB: fromHex(`
    05 8C 09 02 A1 01 09 12 A1 02 85 02 15 00 26 FF 00 75 08
    95 01 05 01 09 3B 81 02  95 38 05 8C 09 FE 82 02 01
    95 05 81 03  25 01 75 01 95 01 09 FF 81 02 95 07 81 03 C0 C0`),
  /** 62-byte reports: the flag right after the data. */
  compact: fromHex(`
    05 8C 09 02 A1 01 09 12 A1 02 85 02
    05 01 09 3B 15 00 26 FF 00 75 08 95 01 81 02
    05 8C 09 FB 09 FC 09 FD 95 03 81 02  09 FE 95 38 82 02 01
    09 FF 25 01 75 01 95 01 81 02 95 07 81 03 C0 C0`),
  /** A boot keyboard (HID 1.11, appendix B.1). */
  keyboard: fromHex(`
    05 01 09 06 A1 01 05 07 19 E0 29 E7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 01
    95 05 75 01 05 08 19 01 29 05 91 02 95 01 75 03 91 01
    95 06 75 08 15 00 25 65 05 07 19 00 29 65 81 00 C0`),
} as const;

function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

function bytesOf(code: Uint8Array | string): Uint8Array {
  return typeof code === 'string' ? new Uint8Array(Buffer.from(code, 'latin1')) : code;
}
