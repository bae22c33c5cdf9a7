import type { UsageRange } from './declared-usages.ts';
import type { PosLayout } from './hid-pos-layout.ts';
import type { ReportDescriptor, ReportField, Usage } from './report-descriptor.ts';

/** USB HID Point of Sale Usage Tables 1.02, usage page Bar Code Scanner. */
const BAR_CODE_PAGE = 0x8c;
const SYMBOLOGY_IDENTIFIERS = [0xfb, 0xfc, 0xfd].map(barCodeUsage);
const DECODED_DATA = barCodeUsage(0xfe);
const DECODE_DATA_CONTINUED = barCodeUsage(0xff);
/** HID Usage Tables, usage page Generic Desktop. */
const BYTE_COUNT: Usage = { usagePage: 0x01, usage: 0x3b };

/**
 * The layout that a device's own report descriptor states: whatever order and size its maker chose.
 *
 * @returns undefined where no report has both a byte count and decoded data, or has them where no byte starts
 */
export function posLayoutOf({ fields }: ReportDescriptor): PosLayout | undefined {
  const inputs = fields.filter(({ kind, constant, variable }) => kind === 'input' && variable && !constant);
  const reportIds = new Set(inputs.map(({ reportId }) => reportId));
  for (const reportId of reportIds) {
    const layout = layoutOfReport(inputs.filter((field) => field.reportId === reportId));
    if (layout) return { ...layout, ...(reportId === undefined ? {} : { reportId }) };
  }
  return undefined;
}

function layoutOfReport(fields: readonly ReportField[]): PosLayout | undefined {
  const count = wholeBytes(spanOf(fields, BYTE_COUNT));
  const data = wholeBytes(spanOf(fields, DECODED_DATA));
  if (count?.length !== 1 || !data) return undefined;
  const identifiers = SYMBOLOGY_IDENTIFIERS.map((usage) => spanOf(fields, usage));
  const continued = spanOf(fields, DECODE_DATA_CONTINUED);
  const aimAt = threeInARow(identifiers.map(wholeBytes));
  const more = continued && flagIn(continued);
  // an identifier in pieces and a flag across bytes are there and can't be read: not the same as absent
  if (aimAt === undefined && identifiers.some((span) => span !== undefined)) return undefined;
  if (!more && continued) return undefined;
  return {
    lengthAt: count.at,
    ...(aimAt === undefined ? {} : { aimAt }),
    dataAt: data.at,
    dataLength: Math.min(data.length, MAX_BYTE_COUNT),
    ...(more ? { more } : {}),
  };
}

/** What a byte count of one byte can say. */
const MAX_BYTE_COUNT = 0xff;

interface Bits {
  readonly at: number;
  readonly length: number;
  /** Of one element. */
  readonly size: number;
}

interface Bytes {
  readonly at: number;
  readonly length: number;
}

/** Where the elements with this usage are. */
function spanOf(fields: readonly ReportField[], usage: Usage): Bits | undefined {
  for (const field of fields) {
    const elements = elementsWith(field, usage);
    if (!elements) continue;
    const { bitOffset, bitSize } = field;
    return { at: bitOffset + elements.first * bitSize, length: elements.count * bitSize, size: bitSize };
  }
  return undefined;
}

function elementsWith(
  { usages, count }: ReportField,
  { usagePage, usage }: Usage,
): { readonly first: number; readonly count: number } | undefined {
  let first = 0;
  for (const [index, range] of usages.entries()) {
    if (range.usagePage === usagePage && usage >= range.first && usage <= range.last) {
      first += usage - range.first;
      if (first >= count) return undefined;
      const stands = index === usages.length - 1 && usage === range.last;
      return { first, count: stands ? count - first : 1 };
    }
    first += sizeOf(range);
  }
  return undefined;
}

function sizeOf({ first, last }: UsageRange): number {
  return last - first + 1;
}

function wholeBytes(bits: Bits | undefined): Bytes | undefined {
  if (!bits || bits.at % 8 !== 0 || bits.length % 8 !== 0) return undefined;
  return { at: bits.at / 8, length: bits.length / 8 };
}

/** The flag is the first element; some fill its byte with others of the same usage. */
function flagIn({ at, size }: Bits): PosLayout['more'] {
  const bit = at % 8;
  if (bit + size > 8) return undefined;
  return { byte: Math.floor(at / 8), mask: ((1 << size) - 1) << bit };
}

function threeInARow(spans: readonly (Bytes | undefined)[]): number | undefined {
  const [first] = spans;
  if (!first) return undefined;
  return spans.every((span, index) => span?.at === first.at + index) ? first.at : undefined;
}

function barCodeUsage(usage: number): Usage {
  return { usagePage: BAR_CODE_PAGE, usage };
}
