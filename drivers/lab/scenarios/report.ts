import { markdownTable } from './markdown-table.ts';

/** What a part of the lab found. */
export interface Report {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Every promise that was broken, in a sentence. */
  readonly failures: readonly string[];
}

/** Further rows of a table that has been printed already. */
export function rowsText({ headings, rows, failures }: Report): string {
  const [, , ...lines] = markdownTable(headings, rows).split('\n');
  return [...lines, ...failures.map((failure) => `- FAILED: ${failure}`)].join('\n');
}

/** The report as Markdown. */
export function reportText({ title, headings, rows, failures }: Report): string {
  const broken = failures.map((failure) => `- FAILED: ${failure}`);
  return [`## ${title}`, markdownTable(headings, rows), broken.join('\n')].filter(Boolean).join('\n\n');
}
