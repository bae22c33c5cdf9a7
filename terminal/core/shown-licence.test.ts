import { expect, test } from 'vitest';
import type { FieldValue } from '../../licence/claims.ts';
import {
  delegatedCode,
  demoCode,
  demoContext,
  demoIssuer,
  trustIn,
} from '../../licence/testing/demo-issuer.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import type { Verdict } from '../../licence/verdict.ts';
import { verify } from '../../licence/verify.ts';
import { DEMO_CATALOGUE, serviceNamed } from '../testing/demo-catalogue.ts';
import { shownLicence } from './shown-licence.ts';

const FIELDS: ReadonlyMap<number, FieldValue> = new Map([
  [1, '张三丰'],
  [2, '11010519491231002X'],
  [20, '杭州市'],
  [21, '13812341234'],
  [22, '低保对象'],
  [23, '无'],
]);

const TRUST = { catalogue: DEMO_CATALOGUE, issuers: [demoIssuer()] };

test('fields come in the order of the service, masked by the catalogue', () => {
  expect(shown()?.fields.map(({ label, value }) => [label.zh, value])).toEqual([
    ['参保地', '杭州市'],
    ['姓名', '张**'],
    ['证件号码', '110***********002X'],
    ['电话', '138****1234'],
  ]);
});

test('a field carries its number where it is masked, to have it shown whole by, and nowhere else', () => {
  expect(shown()?.fields.map(({ label, masked }) => [label.zh, masked])).toEqual([
    ['参保地', undefined],
    ['姓名', 1],
    ['证件号码', 2],
    ['电话', 21],
  ]);
});

test('nothing of a licence is shown that the service does not ask for', () => {
  expect(JSON.stringify(shown({ shownFields: [20] }))).not.toMatch(/张|110|138|备注/);
});

test('a field the catalogue never shows stays hidden although the service asks for it', () => {
  expect(JSON.stringify(shown({ shownFields: [22] }))).not.toContain('低保');
});

test('staff see of a refused licence its masked holder alone', () => {
  expect(shown()?.holder).toEqual([{ label: { zh: '姓名', en: 'Name' }, value: '张**', masked: 1 }]);
});

test('the holder stays hidden where the service does not show names', () => {
  expect(shown({ shownFields: [20] })?.holder).toEqual([]);
});

test('a label the licence does not carry is left out', () => {
  expect(shown({}, new Map([[20, '杭州市']]))?.fields.map(({ value }) => value)).toEqual(['杭州市']);
});

test('a number or a yes is shown as text', () => {
  expect(shown({ shownFields: [20] }, new Map([[20, 7]]))?.fields[0]?.value).toBe('7');
});

test('of a licence shown under a delegation, the delegate is shown last, masked', () => {
  const verdict = verify(delegatedCode(), demoContext());
  const fields = shownLicence(verdict, serviceNamed('medical-insurance'), TRUST)?.fields;
  expect(fields?.at(-1)).toEqual({
    label: { zh: '受托代办人', en: 'Shown by the delegate' },
    value: '990***********0021',
  });
});

test('a number that fails its check character is told to staff by what it is, not by itself', () => {
  const fields = new Map([...FIELDS, [2, '110105194912310021'], [3, '111']] as const);
  const shownThen = shown({}, fields);
  expect(shownThen?.doubtful).toEqual(['holder-code']);
});

test('what a licence leaves out because its claims say it is shown from them', () => {
  const [kind, ...kinds] = DEMO_CATALOGUE.kinds;
  if (!kind) throw new Error('the demo catalogue has no kinds');
  const labels = [6, 8, 9].map((label) => ({
    label,
    names: { zh: `${label}`, en: '' },
    show: 'whole' as const,
  }));
  const catalogue = { ...DEMO_CATALOGUE, kinds: [{ ...kind, fields: labels }, ...kinds] };
  const service = { ...serviceNamed('medical-insurance'), shownFields: [6, 8, 9] };
  const values = (fields: ReadonlyMap<number, FieldValue>) =>
    shownLicence(verdictOn(fields), service, { ...TRUST, catalogue })?.fields.map(({ value }) => value);
  expect(values(new Map())).toEqual(['示例市医疗保障局', '2026-08-22', '2027-08-22']);
  expect(values(new Map([[9, '长期']]))).toEqual(['示例市医疗保障局', '2026-08-22', '长期']);
});

test('a kind the catalogue does not know is not shown at all, for there is no rule how', () => {
  const catalogue = { ...DEMO_CATALOGUE, kinds: [] };
  expect(
    shownLicence(verdictOn(FIELDS), serviceNamed('medical-insurance'), { ...TRUST, catalogue }),
  ).toBeUndefined();
});

test('a verdict without a verified licence has nothing to show', () => {
  const verdict = verify(
    demoCode({ licence: { fields: FIELDS } }),
    demoContext({ trust: trustIn(demoIssuer({ keys: [] })) }),
  );
  expect(shownLicence(verdict, serviceNamed('medical-insurance'), TRUST)).toBeUndefined();
});

function shown(service: Partial<Service> = {}, fields = FIELDS) {
  return shownLicence(verdictOn(fields), { ...serviceNamed('medical-insurance'), ...service }, TRUST);
}

function verdictOn(fields: ReadonlyMap<number, FieldValue>): Verdict {
  const verdict = verify(demoCode({ licence: { fields } }), demoContext());
  if (verdict.outcome !== 'accepted') throw new Error(`the demo code was ${verdict.reason}`);
  return verdict;
}
