/** A table as Markdown. @param rows as many cells as there are headings */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const lines = [headings, headings.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map(oneLine).join(' | ')} |`).join('\n');
}

function oneLine(cell: string | number): string {
  return String(cell)
    .replace(/\|/g, '\\|')
    .replace(/\s*\n\s*/g, ' ');
}
