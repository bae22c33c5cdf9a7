/** The local items of a HID report descriptor (HID 1.11, 6.2.2.8) that name what the next main item is for. */

export interface UsageRange {
  readonly usagePage: number;
  readonly first: number;
  readonly last: number;
}

/** What is wrong with a descriptor, or nothing. */
export type Trouble = string | undefined;

const LOCAL = { usage: 0, usageMinimum: 1, usageMaximum: 2, delimiter: 10 } as const;
/** Designators and strings, which say nothing about where a field is; 6 is reserved. */
const IGNORED_LOCALS: ReadonlySet<number> = new Set([3, 4, 5, 7, 8, 9]);

/** Where it names no page, that is the one in force at the main item. */
interface DeclaredUsage {
  readonly usagePage?: number;
  readonly id: number;
}

interface DeclaredRange {
  readonly first: DeclaredUsage;
  readonly last: DeclaredUsage;
}

/** Collects usages up to a main item. */
export class DeclaredUsages {
  #ranges: DeclaredRange[] = [];
  #minimum: DeclaredUsage | undefined;
  #alternatives: 'none' | 'first' | 'others' = 'none';

  /** @param size bytes of data the item carried: a usage of 4 has its page in the upper two */
  declare(tag: number, data: number, size: number): Trouble {
    const usage = size === 4 ? { usagePage: Math.floor(data / 0x10000), id: data % 0x10000 } : { id: data };
    switch (tag) {
      case LOCAL.usage:
        this.#add({ first: usage, last: usage });
        return undefined;
      case LOCAL.usageMinimum:
        if (this.#minimum) return 'two usage minimums';
        this.#minimum = usage;
        return undefined;
      case LOCAL.usageMaximum:
        return this.#closeRange(usage);
      case LOCAL.delimiter:
        return this.#delimit(data);
      default:
        return IGNORED_LOCALS.has(tag) ? undefined : `local item ${tag} is reserved`;
    }
  }

  /** What keeps a main item from using them. */
  unfinished(): Trouble {
    if (this.#alternatives !== 'none') return 'a delimiter is not closed';
    return this.#minimum ? 'a usage minimum without its maximum' : undefined;
  }

  /** Hands them out, each complete: a usage without a page is one of the page declared last. */
  take(pageInForce: number): readonly UsageRange[] {
    const ranges = this.#ranges;
    this.#ranges = [];
    return ranges.map(({ first, last }) => ({
      usagePage: first.usagePage ?? pageInForce,
      first: first.id,
      last: last.id,
    }));
  }

  #closeRange(last: DeclaredUsage): Trouble {
    const first = this.#minimum;
    this.#minimum = undefined;
    if (!first) return 'a usage maximum without its minimum';
    if (first.usagePage !== last.usagePage) return 'a range of usages over two pages';
    if (last.id < first.id) return 'a range of usages that ends before it begins';
    this.#add({ first, last });
    return undefined;
  }

  #delimit(data: number): Trouble {
    const opens = data === 1;
    if (data > 1 || opens === (this.#alternatives !== 'none')) return 'delimiters that do not match';
    this.#alternatives = opens ? 'first' : 'none';
    return undefined;
  }

  /** Usages between delimiters all mean the same element: the first is the preferred one. */
  #add(range: DeclaredRange): void {
    if (this.#alternatives === 'others') return;
    if (this.#alternatives === 'first') this.#alternatives = 'others';
    this.#ranges.push(range);
  }
}
