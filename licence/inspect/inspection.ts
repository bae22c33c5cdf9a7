/** What a code contains, step by step. Nothing of it is verified. */
export interface Inspection {
  readonly steps: readonly InspectionStep[];
  /** Whether checks 1 to 3 of licence-code.md hold. It tells nothing of who made the code. */
  readonly wellFormed: boolean;
}

/** One step of taking a code apart. */
export interface InspectionStep {
  readonly title: string;
  readonly found: string;
  /** Where the code stops being well formed: reason and detail, as a verdict has them. */
  readonly fault?: string;
  /** Parts of the code in diagnostic notation. */
  readonly shown: readonly { readonly what: string; readonly notation: string }[];
}
