import { expect, test } from 'vitest';
import type { FieldValue } from '../../licence/claims.ts';
import { demoCode, demoContext } from '../../licence/testing/demo-issuer.ts';
import { verify } from '../../licence/verify.ts';
import { DEMO_CATALOGUE, serviceNamed } from '../testing/demo-catalogue.ts';
import { wholeValue } from './reveal.ts';

const SERVICE = serviceNamed('medical-insurance');
const FIELDS: ReadonlyMap<number, FieldValue> = new Map([
  [1, '张三丰'],
  [2, '11010519491231002X'],
  [20, '杭州市'],
  [21, '13812341234'],
  [22, '低保对象'],
  [23, '无'],
]);

test('a field that is shown masked is told whole', () => {
  expect([1, 2, 21].map((label) => reveal(label))).toEqual(['张三丰', '11010519491231002X', '13812341234']);
});

test.each([
  ['is never shown', 22],
  ['is shown whole already', 20],
  ['the service does not show', 23],
  ['the kind does not have', 99],
])('a field that %s is not revealed', (_name, label) => {
  expect(reveal(label)).toBeUndefined();
});

test('a masked field is not revealed at a service that does not show it', () => {
  expect(reveal(2, { service: { shownFields: [1] } })).toBeUndefined();
});

test('a field the licence does not state is not revealed', () => {
  expect(reveal(21, { fields: new Map([[1, '张三丰']]) })).toBeUndefined();
});

test('the rules of another kind reveal nothing', () => {
  expect(reveal(1, { kind: kindNamed('driving-licence') })).toBeUndefined();
});

test('what would turn the writing direction shows as a mark of its own', () => {
  expect(reveal(1, { fields: new Map([[1, '张\u202e三']]) })).toBe('张\ufffd三');
});

interface Case {
  readonly fields?: typeof FIELDS;
  readonly kind?: ReturnType<typeof kindNamed>;
  readonly service?: { readonly shownFields: number[] };
}

function reveal(label: number, { fields = FIELDS, kind, service = SERVICE }: Case = {}): string | undefined {
  const verdict = verify(demoCode({ licence: { fields } }), demoContext());
  if (verdict.outcome !== 'accepted') throw new Error(`the demo code was ${verdict.reason}`);
  return wholeValue(verdict, kind ?? kindNamed('medical-insurance'), service, label);
}

function kindNamed(id: string) {
  const kind = DEMO_CATALOGUE.kinds.find((candidate) => candidate.id === id);
  if (!kind) throw new Error(`no demo kind ${id}`);
  return kind;
}
