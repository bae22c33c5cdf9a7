import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The design system, which the city's phone page uses too. */
const DESIGN = [
  'button.tsx',
  'card.tsx',
  'countdown.tsx',
  'engraving.tsx',
  'field-list.tsx',
  'icon.tsx',
  'keyboard-burst.ts',
  'mark.tsx',
  'rosette.tsx',
  'sound.ts',
];

test('the design system knows nothing of terminals', () => {
  for (const file of DESIGN) {
    const imports = [...source(file).matchAll(/from '(\.[^']+)'/g)].map((match) => match[1]?.slice(2));
    expect(
      imports.filter((imported) => !DESIGN.includes(imported ?? '')),
      file,
    ).toEqual([]);
  }
});

test('styles and pages load nothing from elsewhere and carry no inline style', () => {
  const files = ['.', '../kiosk', '../counter'].flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url)).map((name) => `${folder}/${name}`),
  );
  for (const file of files.filter((name) => /\.(css|html|tsx)$/.test(name) && !name.includes('.test.'))) {
    const text = source(file).replaceAll('http://www.w3.org/2000/svg', '');
    expect(text, file).not.toMatch(/https?:|@import|@font-face|style=/);
  }
});

function source(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
