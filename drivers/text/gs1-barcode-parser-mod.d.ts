/** What we use of the package, which brings no types of its own. */
declare module 'gs1-barcode-parser-mod' {
  /** @throws a string or an Error for what is no GS1 data. */
  export function parseBarcode(barcode: string): {
    readonly codeName: string;
    readonly parsedCodeItems: readonly {
      readonly ai: string;
      readonly dataTitle: string;
      readonly raw: string;
      readonly isoDate: string;
    }[];
  };
}
