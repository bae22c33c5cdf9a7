import { markdownTable } from './markdown-table.ts';

/** What a part of the lab found. */
export interface Report {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Every promise that was broken, in a sentence. */
  readonly failures: readonly string[];
}

/** The report as Markdown. */
export function reportText({ title, headings, rows, failures }: Report): string {
  const broken = failures.map((failure) => `- FAILED: ${failure}`);
  return [`## ${title}`, markdownTable(headings, rows), broken.join('\n')].filter(Boolean).join('\n\n');
}
