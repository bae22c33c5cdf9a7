import { parseBarcode } from 'gs1-barcode-parser-mod';
import { isGs1 } from './symbology.ts';

/** One element of a GS1 code, such as a medicine's batch. */
export interface Gs1Element {
  /** Application identifier, such as `10`. */
  readonly ai: string;
  /** Its name in the GS1 General Specifications, such as `BATCH/LOT`. */
  readonly title: string;
  /** As it is in the code. */
  readonly value: string;
  /** Of dates: yyyy-mm-dd. */
  readonly date?: string;
}

/** GS1 element strings are short; the library is given no more. */
export const MAX_GS1_CHARACTERS = 512;

/**
 * Reads the elements of a GS1 code. Medicines and devices at a hospital carry them; licences don't.
 *
 * @param symbology AIM identifier, which says whether it is GS1 data at all
 * @returns undefined where it isn't, or where the library can't read it
 */
export function gs1Elements(symbology: string, text: string): readonly Gs1Element[] | undefined {
  if (!isGs1(symbology) || text.length > MAX_GS1_CHARACTERS) return undefined;
  try {
    return parseBarcode(symbology + text).parsedCodeItems.map(({ ai, dataTitle, raw, isoDate }) => ({
      ai,
      title: dataTitle,
      value: raw,
      ...(isoDate ? { date: isoDate } : {}),
    }));
  } catch {
    return undefined; // the library throws a sentence for whatever isn't well formed
  }
}
