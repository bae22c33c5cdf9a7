import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** The folder table of the architecture: who may import whom. A prefix may be a folder or one file. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'licence/': [],
  'drivers/': [],
  'sync-agent/': ['licence/', 'terminal/store/'],
  'terminal/': ['licence/', 'drivers/'],
  'kiosk-ui/': ['terminal/contract.ts'],
  'city/': ['licence/', 'kiosk-ui/kit/'],
};

/** End-to-end tests use the whole product and serial test material as a person at the machine would. */
const WHOLE_PRODUCT = /\.e2e\.test\.ts$/;

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the import table', () => {
  for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
    it(`${folder} imports ${allowed.length > 0 ? allowed.join(' and ') : 'nothing of the project'}`, () => {
      const wrong = sources(folder).flatMap((file) =>
        imports(file)
          .filter(
            (target) => !target.startsWith(folder) && !allowed.some((prefix) => target.startsWith(prefix)),
          )
          .map((target) => `${file} imports ${target}`),
      );
      expect(wrong).toEqual([]);
    });
  }

  it('covers every code folder at the top', () => {
    const folders = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory());
    const code = folders.filter((name) => !NOT_CODE.has(name) && !name.startsWith('.'));
    expect(code.map((name) => `${name}/`).sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it('nothing that can sign is within reach of the door that verifies', () => {
    const reached = new Set<string>();
    const follow = (file: string) => {
      if (reached.has(file)) return;
      reached.add(file);
      imports(file).forEach(follow);
    };
    follow('licence/verify.ts');
    expect([...reached].filter((file) => file.startsWith('licence/issue/'))).toEqual([]);
    expect(reached).toContain('licence/cbor/scan.ts');
  });

  it('finds imports at all', () => {
    expect(imports('terminal/parts.ts')).toContain('drivers/scanner-supervisor.ts');
  });
});

const NOT_CODE = new Set(['docs', 'scripts', 'dist', 'node_modules', 'data', 'release']);

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !WHOLE_PRODUCT.test(name))
    .map((name) => join(folder, name));
}

/** Project files a source imports, relative to the root. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, target = '']) =>
    relative(root, normalize(join(root, dirname(file), target))),
  );
}
