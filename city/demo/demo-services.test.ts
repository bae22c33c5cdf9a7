import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Matter } from '../../licence/trust/catalogue.ts';
import { defaultCatalogue } from '../catalogue/default-catalogue.ts';
import type { HolderNumber } from '../issuing/holder-look-up.ts';
import { DEMO_PEOPLE } from './demo-people.ts';
import type { DemoPerson } from './demo-person.ts';
import type { HeldLicence } from './held-licence.ts';
import { lookUpsOf } from './look-ups.ts';
import { prepareLicences } from './prepare-licences.ts';
import { codeText } from './present.ts';
import { type DemoCity, demoCity } from './testing/demo-city.ts';

/** Each service can be shown from end to end with what the demo people hold. */

let demo: DemoCity;
let held: ReadonlyMap<string, HeldLicence>;
beforeAll(async () => {
  demo = await demoCity();
  held = await prepareLicences(demo.city, demo.wallet);
});
afterAll(() => demo.remove());

test('a company of another province is found by the number its phone says, with licences to choose from', async () => {
  const [found] = lookUpsOf(named('gu-changqing'));
  expect(found?.service.zh).toBe('外省公司开设省内分公司');
  const licences = await lookUp('branch-registration', { type: 'uscc', value: found?.number ?? '' });
  expect(licences.map(({ state }) => state)).toEqual(['valid', 'valid']);
});

test('a company’s papers make a whole case at each stage of construction', () => {
  const stages = mattersOf('construction-permit');
  expect(stages).toHaveLength(4);
  for (const stage of stages) expect(lacks(stage, named('shen-ruolan')), stage.id).toEqual([]);
});

test('a driver holds the three licences of an oversize load', () => {
  expect(lacks(matter('road-check-oversize'), named('ma-xiao'))).toEqual([]);
});

test('one family has every paper for each way to a school', () => {
  for (const one of mattersOf('school-enrolment')) {
    expect(lacks(one, named('he-jingyi')), one.id).toEqual([]);
  }
});

test('another family lacks one: a proof of work', () => {
  expect(lacks(matter('school-entry'), named('fan-zhengyu'))).toEqual(['就业或经营证明（任一）']);
});

test('a parent’s number leads to all of their papers that the school takes', async () => {
  const { licences } = named('he-jingyi');
  const [mother] = licences;
  const kinds = licences
    .filter(({ holder, condition }) => holder.code === mother?.holder.code && condition === 'valid')
    .map(({ kind }) => kind);
  const found = await lookUp('school-enrolment', { type: 'id', value: mother?.holder.code ?? '' });
  expect(found).toHaveLength(kinds.length);
});

test('an owner’s certificate is accepted for a sale', async () => {
  expect(await verdict('qian-real-estate', 'property-transaction')).toBe('accepted');
});

test('a crane operator’s certificate is accepted from the safety officer too', async () => {
  expect(await verdict('wei-operator-certificate', 'site-inspection')).toBe('accepted');
  expect(await verdict('liang-operator-certificate', 'site-inspection')).toBe('accepted');
});

test('every number the phones say leads to a licence at the counter they name', async () => {
  const all = DEMO_PEOPLE.flatMap(lookUpsOf);
  expect(all.length).toBeGreaterThan(5);
  for (const { number, service } of all) {
    const id = defaultCatalogue.services.find(({ names }) => names === service)?.id ?? '';
    const type = id === 'branch-registration' ? 'uscc' : 'id';
    expect((await lookUp(id, { type, value: number })).length, number).toBeGreaterThan(0);
  }
});

function named(id: string): DemoPerson {
  const person = DEMO_PEOPLE.find((one) => one.id === id);
  if (!person) throw new Error(`nobody is ${id}`);
  return person;
}

function mattersOf(service: string): readonly Matter[] {
  return (defaultCatalogue.matters ?? []).filter((one) => one.service === service);
}

function matter(id: string): Matter {
  const found = defaultCatalogue.matters?.find((one) => one.id === id);
  if (!found) throw new Error(`no matter ${id}`);
  return found;
}

/** Chinese names of the needs that nothing in this person's phone meets. */
function lacks({ needs }: Matter, { licences }: DemoPerson): string[] {
  const kinds = licences.filter(({ condition }) => condition === 'valid').map(({ kind }) => kind);
  return needs
    .filter((need) => !need.kinds.some((kind) => kinds.includes(kind)))
    .map(({ names }) => names.zh);
}

async function lookUp(serviceId: string, number: HolderNumber) {
  const service = defaultCatalogue.services.find(({ id }) => id === serviceId);
  return await demo.city.lookUp.find(number, service?.kinds ?? []);
}

async function verdict(id: string, serviceId: string): Promise<string> {
  const one = held.get(id);
  if (!one) throw new Error(`nobody holds ${id}`);
  const judge = await demo.terminal();
  return judge(codeText(one, demo.clock.nowMs), serviceId).reason;
}
