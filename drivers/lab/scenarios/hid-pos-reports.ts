/**
 * The two layouts of USB HID POS (Point of Sale Usage Tables 1.02, page 0x8C) that scanners have, as the scanner makes
 * them: 64 bytes with the report's id in front. `A` is Honeywell's, `B` is Newland's.
 */
export type HidPosLayout = 'A' | 'B';

export const REPORT_BYTES = 64;
const DATA_BYTES = 56;
const MORE_FOLLOWS = 1;

/** The reports a code comes in. @param code ASCII, with or without an AIM identifier in front */
export function hidPosReports(layout: HidPosLayout, code: string): readonly Uint8Array[] {
  switch (layout) {
    case 'A': {
      const [, aim = ']Q0', text = ''] = /^(\][A-Za-z][0-9A-Za-z])?(.*)$/s.exec(code) ?? [];
      return reports(text, 5).map((report) => {
        report.write(aim, 2, 'latin1');
        return report;
      });
    }
    case 'B':
      return reports(code, 2);
    default:
      return layout satisfies never;
  }
}

function reports(text: string, dataAt: number): Buffer[] {
  const parts = text.match(new RegExp(`.{1,${DATA_BYTES}}`, 'gs')) ?? [];
  return parts.map((part, i) => {
    const report = Buffer.alloc(REPORT_BYTES);
    report.writeUInt8(2, 0);
    report.writeUInt8(part.length, 1);
    report.write(part, dataAt, 'latin1');
    report.writeUInt8(i < parts.length - 1 ? MORE_FOLLOWS : 0, REPORT_BYTES - 1);
    return report;
  });
}

/** The report descriptor of a scanner with that layout. */
export function hidPosDescriptor(layout: HidPosLayout): Uint8Array {
  return Buffer.from(DESCRIPTORS[layout].replace(/\s/g, ''), 'hex');
}

// Pages: 01 generic desktop (3B byte count), 8C bar code scanner (12 scanned data report, FB-FD symbology identifiers,
// FE data, FF data continued), FF66 vendor. The output report is the one that commands go by.
const DESCRIPTORS: Readonly<Record<HidPosLayout, string>> = {
  A: `
    05 8C 09 02 A1 01
      09 12 A1 02  85 02  15 00 26 FF 00 75 08
        05 01 09 3B 95 01 81 02
        05 8C 09 FB 09 FC 09 FD 95 03 81 02
        09 FE 95 38 82 02 01
        06 66 FF 09 04 95 01 81 02
        95 01 81 03
        05 8C 09 FF 25 01 75 01 95 01 81 02  95 07 81 03
      C0
      06 66 FF 09 15 A1 02  85 FD  26 FF 00 75 08 95 3F 09 16 91 02 C0
    C0`,
  B: `
    05 8C 09 02 A1 01
      09 12 A1 02  85 02  15 00 26 FF 00 75 08
        05 01 09 3B 95 01 81 02
        05 8C 09 FE 95 38 82 02 01
        95 04 81 03
        06 66 FF 09 04 95 01 81 02
        05 8C 09 FF 25 01 75 01 95 01 81 02  95 07 81 03
      C0
      06 66 FF 09 15 A1 02  85 04  26 FF 00 75 08 95 3F 09 16 91 02 C0
    C0`,
};
