import { expect, test } from 'vitest';
import { DEFAULT_KINDS, defaultCatalogue } from '../catalogue/default-catalogue.ts';
import { labelsOf } from '../catalogue/kind-draft.ts';
import { CONDITIONS, DELEGATION_CONDITIONS } from './condition.ts';
import { DELEGABLE_KINDS, DEMO_ISSUERS } from './demo-issuers.ts';
import { DEMO_PEOPLE } from './demo-people.ts';
import { fieldsOf, identifierOf, LEFT_OUT_WHERE_DELEGABLE } from './licence-content.ts';

const licences = DEMO_PEOPLE.flatMap((person) => person.licences);
const delegated = DEMO_PEOPLE.flatMap((person) => person.delegated ?? []);

test('between them they hold a valid licence of every kind', () => {
  const valid = new Set(licences.filter((one) => one.condition === 'valid').map((one) => one.kind));
  expect(defaultCatalogue.kinds.map((kind) => kind.id).filter((id) => !valid.has(id))).toEqual([]);
});

test('between them they show every way to fail', () => {
  const shown = new Set(licences.map((one) => one.condition));
  expect(CONDITIONS.filter((condition) => !shown.has(condition))).toEqual([]);
  const acting = new Set(delegated.map((one) => one.condition));
  expect(DELEGATION_CONDITIONS.filter((condition) => !acting.has(condition))).toEqual([]);
});

test('names of people and licences are unique', () => {
  const ids = [...DEMO_PEOPLE, ...licences, ...delegated].map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every authority signs the kinds it is admitted for', () => {
  for (const { id, kind, issuer } of licences) expect(DEMO_ISSUERS[issuer].kinds, id).toContain(kind);
});

test('every licence fills every field of its kind, but for what one that may be delegated leaves out', () => {
  for (const licence of licences) {
    const delegable = DELEGABLE_KINDS.some((one) => one === licence.kind);
    const draft = DEFAULT_KINDS.find((one) => one.id === licence.kind);
    const leftOut = LEFT_OUT_WHERE_DELEGABLE.map((name) => delegable && draft && labelsOf(draft).get(name));
    const kind = defaultCatalogue.kinds.find((one) => one.id === licence.kind);
    const filled = fieldsOf(licence, { nbf: 1_750_000_000, exp: 1_790_000_000 });
    const empty = kind?.fields
      .filter((field) => !filled.has(field.label) && !leftOut.includes(field.label))
      .map((field) => field.names.zh);
    expect(empty, licence.id).toEqual([]);
  }
});

test('fields that repeat the dates follow the licence', () => {
  const permit = licences.find((one) => one.id === 'ma-oversize-permit');
  const fields = permit && fieldsOf(permit, { nbf: 1_750_000_000, exp: 1_790_000_000 });
  expect([fields?.get(27), fields?.get(28)]).toEqual([fields?.get(8), fields?.get(9)]);
  expect(fields?.get(8)).toBe('2025-06-15');
});

test('licence identifiers have the form of GB/T 36904', () => {
  for (const licence of licences) {
    expect(identifierOf(licence, '000000314'), licence.id).toMatch(
      /^1\.2\.156\.3005\.2\.[0-9A-Z]{21}\.[0-9A-Z]{18}\.\d{9}\.001\.[0-9A-Z]$/,
    );
  }
});
