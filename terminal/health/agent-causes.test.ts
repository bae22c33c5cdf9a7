import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { meaningOf } from './agent-causes.ts';

/** The agent's causes reach the terminal as text only, so they are read where they are written. */
function namesIn(file: string, start: string, name: RegExp): string[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const [, after = ''] = text.split(start);
  const [block = ''] = after.split(/;\n\n|\} as const/);
  return [...block.matchAll(name)].map(([, found = '']) => found);
}

const UNKNOWN = meaningOf('no cause at all').sentence.en;
const causes = namesIn('sync-agent/fault.ts', 'export type FaultName =', /\| '([a-z-]+)'/g);

test('there are causes to explain', () => {
  expect(causes.length).toBeGreaterThan(15);
  expect(causes).toContain('crashed');
});

test.each([...causes, 'busy'])('%s is explained', (cause) => {
  expect(meaningOf(cause).sentence.en).not.toBe(UNKNOWN);
});

test('whatever the city refuses for, it is said that it refused', () => {
  expect(meaningOf('refused:418').sentence.en).toBe('The city refused the request.');
});
