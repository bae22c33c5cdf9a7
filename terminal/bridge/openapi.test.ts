import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { BRIDGE_PROBLEMS } from '../hosts/web/bridge-problem.ts';
import { bridgeOpenApi } from './openapi.ts';

const written = readFileSync(new URL('../../docs/bridge-openapi.json', import.meta.url), 'utf8');
const guide = readFileSync(new URL('../../docs/bridge.md', import.meta.url), 'utf8');

test('docs/bridge-openapi.json is what the code gives (else: npm run spec)', () => {
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(bridgeOpenApi())));
});

test('the document is one by the schema of OpenAPI 3.1, and its references lead somewhere', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(written));
  expect(errors ?? []).toEqual([]);
  expect([valid, validator.version]).toEqual([true, '3.1']);
  expect(() => validator.resolveRefs()).not.toThrow();
});

test('it names every refusal a client can meet, and so does the guide', () => {
  for (const [code, { status }] of Object.entries(BRIDGE_PROBLEMS)) {
    expect(written).toContain(`\`${code}\``);
    expect(guide).toContain(`| ${status} | \`${code}\` |`);
  }
});
