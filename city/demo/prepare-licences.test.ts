import { statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultCatalogue } from '../catalogue/default-catalogue.ts';
import { prepareLicences } from './prepare-licences.ts';
import { present } from './present.ts';
import { type DemoCity, demoCity } from './testing/demo-city.ts';

const DAY_MS = 86_400_000;

let demo: DemoCity;
beforeEach(async () => {
  demo = await demoCity();
});
afterEach(() => demo.remove());

async function reasonFor(licence: string, service: string): Promise<string> {
  const held = (await prepareLicences(demo.city, demo.wallet)).get(licence);
  if (!held) throw new Error(`no licence ${licence}`);
  const judge = await demo.terminal();
  return judge(present(held, demo.clock.nowMs).text, service).reason;
}

test('each demo licence gets the verdict it is there to show', async () => {
  const held = await prepareLicences(demo.city, demo.wallet);
  const judge = await demo.terminal();
  const reasons: Record<string, string> = {};
  for (const [id, one] of held) {
    const services = defaultCatalogue.services.filter(({ kinds }) => kinds.includes(one.licence.kind));
    const { text } = present(one, demo.clock.nowMs);
    for (const { id: service } of services) {
      const { reason } = judge(text, service);
      if (reason !== 'accepted') reasons[`${id} at ${service}`] = reason;
    }
  }
  expect(reasons).toEqual({
    'zhou-insurance at medical-insurance': 'revoked',
    'hou-insurance at medical-insurance': 'unknown-issuer',
    'hou-driving-licence at road-enforcement': 'key-not-admitted',
    'ma-oversize-permit-expired at road-enforcement': 'expired',
    'wei-operator-certificate-expired at site-inspection': 'expired',
    'wei-insurance at medical-insurance': 'not-yet-valid',
    'qian-real-estate-sold at school-enrolment': 'revoked',
    'qian-real-estate-sold at property-transaction': 'revoked',
    'qian-insurance-paper at medical-insurance': 'holder-proof-missing',
    'he-insurance at medical-insurance': 'expired',
  });
});

test('opening the demo twice issues nothing twice', async () => {
  const first = await prepareLicences(demo.city, demo.wallet);
  const issued = (await demo.city.licences.list()).length;
  const second = await prepareLicences(demo.city, demo.wallet);
  expect((await demo.city.licences.list()).length).toBe(issued);
  expect([...second].map(([id, { cti }]) => [id, cti])).toEqual([...first].map(([id, { cti }]) => [id, cti]));
});

test('a licence about to run out is issued again, the others stay', async () => {
  const before = await prepareLicences(demo.city, demo.wallet);
  demo.clock.nowMs += 690 * DAY_MS;
  const after = await prepareLicences(demo.city, demo.wallet);
  const changed = (id: string) => before.get(id)?.cti !== after.get(id)?.cti;
  expect(changed('lin-insurance')).toBe(true);
  expect(changed('he-insurance')).toBe(false);
  expect(await reasonFor('lin-insurance', 'medical-insurance')).toBe('accepted');
});

test('a licence of the future stays in the future', async () => {
  await prepareLicences(demo.city, demo.wallet);
  demo.clock.nowMs += 40 * DAY_MS;
  expect(await reasonFor('wei-insurance', 'medical-insurance')).toBe('not-yet-valid');
});

test('a revoked licence issued anew is revoked anew', async () => {
  await prepareLicences(demo.city, demo.wallet);
  demo.clock.nowMs += 690 * DAY_MS;
  expect(await reasonFor('zhou-insurance', 'medical-insurance')).toBe('revoked');
});

test('holders’ keys lie in a file only its owner reads', async () => {
  await prepareLicences(demo.city, demo.wallet);
  expect(statSync(demo.wallet).mode & 0o777).toBe(0o600);
});

test('a damaged wallet is named, and none of it is repeated', async () => {
  await prepareLicences(demo.city, demo.wallet);
  writeFileSync(demo.wallet, '{"version":1,"seeds":{"lin":"SECRET');
  const opening = prepareLicences(demo.city, demo.wallet);
  await expect(opening).rejects.toThrow(demo.wallet);
  await expect(prepareLicences(demo.city, demo.wallet)).rejects.not.toThrow('SECRET');
});

test('a catalogue the operator has worked on stays', async () => {
  const own = { ...defaultCatalogue, version: 7, services: defaultCatalogue.services.slice(0, 2) };
  await demo.city.catalogue.set(own);
  await prepareLicences(demo.city, demo.wallet);
  expect(await demo.city.catalogue.current()).toEqual(own);
});

test('a new city gets the default catalogue', async () => {
  await prepareLicences(demo.city, demo.wallet);
  expect(await demo.city.catalogue.current()).toEqual(defaultCatalogue);
});
