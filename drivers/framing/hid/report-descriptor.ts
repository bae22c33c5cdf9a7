import { MAX_DESCRIPTOR_BYTES } from '../../profiles/device.ts';
import { DeclaredUsages, type Trouble, type UsageRange } from './declared-usages.ts';
import { type HidItem, readHidItems } from './hid-items.ts';

/** Real descriptors nest two to four deep; Linux keeps four pushed states. */
export const MAX_NESTING = 16;
/** As in Linux, which allows so many per report. */
export const MAX_FIELDS = 256;
/** Longer than any report of a full-speed device by far, and what Linux allowed for years. */
export const MAX_REPORT_BYTES = 4096;

export interface Usage {
  readonly usagePage: number;
  readonly usage: number;
}

/** What a HID report descriptor says about the device's reports. */
export interface ReportDescriptor {
  /** Of the application collections at the top, in order. */
  readonly topLevel: readonly Usage[];
  readonly fields: readonly ReportField[];
}

/** `count` elements of `bitSize` bits each, one behind the other. */
export interface ReportField {
  readonly kind: 'input' | 'output' | 'feature';
  /** Absent where the device has only one report of the kind, which then carries no id. */
  readonly reportId?: number;
  /** From the beginning of the report as it is read and written: behind the id where there is one. */
  readonly bitOffset: number;
  readonly bitSize: number;
  readonly count: number;
  /** Padding: what it carries means nothing. */
  readonly constant: boolean;
  /** Every element is a value of its own usage; otherwise elements are indices into the usages. */
  readonly variable: boolean;
  /** Element by element; the last usage stands for all elements that are left (HID 1.11, 6.2.2.8). */
  readonly usages: readonly UsageRange[];
}

export type DescriptorReading =
  | { readonly ok: true; readonly descriptor: ReportDescriptor }
  | { readonly ok: false; readonly detail: string };

/**
 * Reads a report descriptor (HID 1.11, 6.2.2) strictly: what the specification reserves or forbids makes the whole
 * descriptor unreadable, for a field at a wrong place would make wrong codes.
 */
export function readReportDescriptor(bytes: Uint8Array): DescriptorReading {
  const reader = new DescriptorReader();
  const detail = reader.readAll(bytes);
  if (detail !== undefined) return { ok: false, detail };
  return { ok: true, descriptor: { topLevel: reader.topLevel, fields: reader.fields } };
}

/**
 * What the device is by its application collections: 0x8C, 0x02 where one is a bar code scanner, else the first, such as
 * 0x01, 0x06 for a keyboard.
 * Known even where the descriptor can't be read to its end; undefined where it can't be read as far as that.
 */
export function topLevelUsage(bytes: Uint8Array): Usage | undefined {
  const reader = new DescriptorReader();
  reader.readAll(bytes);
  return reader.topLevel.find(({ usagePage }) => usagePage === BAR_CODE_SCANNER_PAGE) ?? reader.topLevel[0];
}

/** One interface may be keyboard and bar code scanner at once: then the scanner is what counts (HID POS, section 4). */
const BAR_CODE_SCANNER_PAGE = 0x8c;

/** Tags of 6.2.2.4 and 6.2.2.7. */
const MAIN = { input: 8, output: 9, collection: 10, feature: 11, endCollection: 12 } as const;
const GLOBAL = {
  usagePage: 0,
  unit: 6,
  reportSize: 7,
  reportId: 8,
  reportCount: 9,
  push: 10,
  pop: 11,
} as const;

const APPLICATION = 1;
const CONSTANT = 1 << 0;
const VARIABLE = 1 << 1;

interface Globals {
  readonly usagePage: number;
  readonly reportSize: number;
  readonly reportCount: number;
  readonly reportId?: number;
}

/** Reads one descriptor. */
class DescriptorReader {
  readonly topLevel: Usage[] = [];
  readonly fields: ReportField[] = [];
  readonly #reportBits = new Map<string, number>();
  readonly #pushed: Globals[] = [];
  readonly #usages = new DeclaredUsages();
  #globals: Globals = { usagePage: 0, reportSize: 0, reportCount: 0 };
  #depth = 0;

  readAll(bytes: Uint8Array): Trouble {
    if (bytes.length > MAX_DESCRIPTOR_BYTES) return `longer than ${MAX_DESCRIPTOR_BYTES} bytes`;
    for (const item of readHidItems(bytes)) {
      const trouble = this.#read(item);
      if (trouble !== undefined) return trouble;
    }
    if (this.#depth > 0) return 'a collection is not closed';
    return this.topLevel.length === 0 ? 'no application collection' : undefined;
  }

  #read(item: HidItem): Trouble {
    switch (item.name) {
      case 'main':
        return this.#readMain(item.tag, item.data);
      case 'global':
        return this.#readGlobal(item.tag, item.data);
      case 'local':
        return this.#usages.declare(item.tag, item.data, item.size);
      case 'broken':
        return item.detail;
      default:
        return item satisfies never;
    }
  }

  #readMain(tag: number, data: number): Trouble {
    const unfinished = this.#usages.unfinished();
    if (unfinished !== undefined) return unfinished;
    const usages = this.#usages.take(this.#globals.usagePage);
    switch (tag) {
      case MAIN.input:
        return this.#addField('input', data, usages);
      case MAIN.output:
        return this.#addField('output', data, usages);
      case MAIN.feature:
        return this.#addField('feature', data, usages);
      case MAIN.collection:
        return this.#openCollection(data, usages[0]);
      case MAIN.endCollection:
        this.#depth -= 1;
        return this.#depth < 0 ? 'a collection is closed that was not opened' : undefined;
      default:
        return `main item ${tag} is reserved`;
    }
  }

  #openCollection(type: number, usage: UsageRange | undefined): Trouble {
    if (this.#depth === 0 && type === APPLICATION) {
      if (!usage) return 'an application collection without a usage';
      this.topLevel.push({ usagePage: usage.usagePage, usage: usage.first });
    }
    this.#depth += 1;
    return this.#depth > MAX_NESTING ? `more than ${MAX_NESTING} collections in one another` : undefined;
  }

  #addField(kind: ReportField['kind'], flags: number, usages: readonly UsageRange[]): Trouble {
    const { reportId, reportSize, reportCount } = this.#globals;
    if (this.#depth === 0) return 'a field outside of any collection';
    const report = `${kind} ${reportId}`;
    const bitOffset = this.#reportBits.get(report) ?? (reportId === undefined ? 0 : 8);
    const end = bitOffset + reportSize * reportCount;
    if (end > 8 * MAX_REPORT_BYTES) return `a report of more than ${MAX_REPORT_BYTES} bytes`;
    // some pad by nothing where nothing is to be padded
    if (end === bitOffset) return undefined;
    // 6.2.2.7: either every report has an id or none has
    const [other] = this.fields;
    if (other && (other.reportId === undefined) !== (reportId === undefined)) {
      return 'fields with and without a report id';
    }
    if (this.fields.length === MAX_FIELDS) return `more than ${MAX_FIELDS} fields`;
    this.#reportBits.set(report, end);
    this.fields.push({
      kind,
      ...(reportId === undefined ? {} : { reportId }),
      bitOffset,
      bitSize: reportSize,
      count: reportCount,
      constant: (flags & CONSTANT) !== 0,
      variable: (flags & VARIABLE) !== 0,
      usages,
    });
    return undefined;
  }

  #readGlobal(tag: number, data: number): Trouble {
    switch (tag) {
      case GLOBAL.usagePage:
        this.#globals = { ...this.#globals, usagePage: data };
        return data > 0xffff ? 'a usage page above FFFF' : undefined;
      case GLOBAL.reportSize:
        this.#globals = { ...this.#globals, reportSize: data };
        return undefined;
      case GLOBAL.reportCount:
        this.#globals = { ...this.#globals, reportCount: data };
        return undefined;
      case GLOBAL.reportId:
        return this.#nameReport(data);
      case GLOBAL.push:
        this.#pushed.push(this.#globals);
        return this.#pushed.length > MAX_NESTING ? `more than ${MAX_NESTING} states pushed` : undefined;
      case GLOBAL.pop:
        return this.#pop();
      default:
        // limits, exponents and units, 1 to 6, say nothing about where a field is
        return tag <= GLOBAL.unit ? undefined : `global item ${tag} is reserved`;
    }
  }

  #nameReport(reportId: number): Trouble {
    this.#globals = { ...this.#globals, reportId };
    return reportId < 1 || reportId > 0xff ? `report id ${reportId} is none` : undefined;
  }

  #pop(): Trouble {
    const globals = this.#pushed.pop();
    if (!globals) return 'a state is popped that was not pushed';
    this.#globals = globals;
    return undefined;
  }
}
