import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Attacks the project was asked to have an answer to; there may be more. */
const ASKED_FOR = [
  'Forge',
  'Replay',
  'Screenshot',
  'Relay',
  'Clock turned back',
  'Clock put ahead',
  'Rollback',
  'Freeze',
  'Mix-and-match',
  'Stolen issuer key',
  'Cloned holder key',
  'Delegation stretch',
  'Oversized',
  'Bombs',
];

const root = fileURLToPath(new URL('..', import.meta.url));
const rows = tableRows(readFileSync(`${root}docs/threats.md`, 'utf8'));

describe('docs/threats.md', () => {
  it('has a row for every attack the project was asked about', () => {
    expect(rows.map(({ attack }) => attack)).toEqual(expect.arrayContaining(ASKED_FOR));
  });

  it('has no row twice', () => {
    expect(new Set(rows.map(({ attack }) => attack)).size).toBe(rows.length);
  });

  it.each(rows)('says in all its cells what $attack is about', ({ cells }) => {
    expect(cells).toHaveLength(5);
    for (const cell of cells) expect(cell).not.toBe('');
  });

  it.each(rows)('names a test that is there for $attack', ({ tests }) => {
    for (const { file, name } of tests) expect(isThere(file, name), `${file} — ${name}`).toBe(true);
  });
});

describe('a test that is not there', () => {
  const own = 'scripts/threats.test.ts';

  it.each([
    ['in a file that is not there', 'scripts/no-such.test.ts', 'has no row twice'],
    ['in a file without it', own, 'has no row thrice'],
    ['when only a part of its name is given', own, 'has no row'],
    ['when its name is only a text of the file', own, 'in a file that is not there'],
  ])('is noticed %s', (_, file, name) => {
    expect(isThere(file, name)).toBe(false);
  });

  it('is told from one that is', () => {
    expect(isThere(own, 'has no row twice')).toBe(true);
    expect(isThere(own, 'is noticed %s')).toBe(true);
  });
});

interface Row {
  readonly attack: string;
  readonly cells: readonly string[];
  readonly tests: readonly { readonly file: string; readonly name: string }[];
}

/** The rows of all tables in the document, without their heads. */
function tableRows(markdown: string): Row[] {
  return markdown
    .split('\n')
    .filter((line) => /^\| (?!attack|---)/.test(line))
    .map((line) => {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      const tests = (cells.at(-1) ?? '').split('<br>').map((entry) => {
        const [, file = entry, name = ''] = /^`(.+?)` — (.+)$/.exec(entry) ?? [];
        return { file, name };
      });
      return { attack: cells[0] ?? '', cells, tests };
    });
}

/** Whether the file has a test, or a group of tests, of exactly this name: a title with its function, and maybe options, after it. */
function isThere(file: string, name: string): boolean {
  const path = `${root}${file}`;
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  return [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) =>
    text
      .split(quoted)
      .slice(1)
      .some((after) => /^,\s*(\{[^}]*\},\s*)?(async )?\(/.test(after)),
  );
}
