/** The parts of the document that a test or a program reads. */

const BLOCK = /(<!-- generated: ([a-z0-9-]+) -->\n)[\s\S]*?(<!-- \/generated -->)/g;

/** The document with its generated blocks written anew. @throws for a block that isn't generated, or isn't there. */
export function withBlocks(document: string, blocks: ReadonlyMap<string, string>): string {
  const written = new Set<string>();
  const text = document.replace(BLOCK, (_whole, start: string, name: string, end: string) => {
    const block = blocks.get(name);
    if (block === undefined) throw new Error(`nothing generates the block ${name}`);
    written.add(name);
    return `${start}\n${block}\n\n${end}`;
  });
  const missing = [...blocks.keys()].filter((name) => !written.has(name));
  if (missing.length > 0) throw new Error(`the document has no block ${missing.join(', ')}`);
  return text;
}

/** All fenced blocks of a language, one after the other. */
export function fencesOf(document: string, language: string): string {
  const fences = document.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'));
  return [...fences].map(([, text = '']) => text).join('\n');
}

/** The rows of the table under a heading, each as its cells; the head is not among them. */
export function tableUnder(document: string, heading: string): readonly (readonly string[])[] {
  const [, under = ''] = document.split(`${heading}\n`);
  const [section = ''] = under.split(/^#/m);
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
}
