import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMON_LABEL } from '../../licence/field-label.ts';
import { generateSigningKey } from '../../licence/issue/signing-key.ts';
import { defaultCatalogue } from '../catalogue/default-catalogue.ts';
import { doUpkeep } from '../upkeep.ts';
import { DEMO_ISSUERS } from './demo-issuers.ts';
import type { HeldLicence } from './held-licence.ts';
import { builder } from './people-owners.ts';
import { prepareLicences } from './prepare-licences.ts';
import { codeText } from './present.ts';
import { type DemoCity, demoCity } from './testing/demo-city.ts';

const DAY_MS = 86_400_000;

type Held = ReadonlyMap<string, HeldLicence>;

/** What a terminal says to each licence at each service that takes its kind, where it isn't accepted. */
async function refusals(demo: DemoCity, held: Held): Promise<Record<string, string>> {
  const judge = await demo.terminal();
  const reasons: Record<string, string> = {};
  for (const [id, one] of held) {
    const text = codeText(one, demo.clock.nowMs);
    for (const service of defaultCatalogue.services) {
      if (!service.kinds.includes(one.licence.kind)) continue;
      const { reason } = judge(text, service.id);
      if (reason !== 'accepted') reasons[`${id} at ${service.id}`] = reason;
    }
  }
  return reasons;
}

const REFUSALS = {
  'zhou-insurance at medical-insurance': 'revoked',
  'luo-insurance at medical-insurance': 'suspended',
  'luo-driving-licence at road-enforcement': 'suspended',
  'shao-construction-permit-withdrawn at construction-permit': 'delegation-invalid',
  'shao-project-approval-expired at construction-permit': 'delegation-expired',
  'shao-completion-filing-other-kind at construction-permit': 'delegation-out-of-scope',
  'shao-project-approval-other-service at construction-permit': 'delegation-out-of-scope',
  'shao-construction-permit-other-company at construction-permit': 'delegation-invalid',
  'hou-insurance at medical-insurance': 'unknown-issuer',
  'hou-driving-licence at road-enforcement': 'key-not-admitted',
  'ma-oversize-permit-expired at road-enforcement': 'expired',
  'wei-operator-certificate-expired at site-inspection': 'expired',
  'wei-insurance at medical-insurance': 'not-yet-valid',
  'qian-real-estate-sold at school-enrolment': 'revoked',
  'qian-real-estate-sold at property-transaction': 'revoked',
  'qian-insurance-paper at medical-insurance': 'holder-proof-missing',
  'he-insurance at medical-insurance': 'expired',
};

describe('a new city', () => {
  let demo: DemoCity;
  let held: Held;
  beforeAll(async () => {
    demo = await demoCity();
    held = await prepareLicences(demo.city, demo.wallet);
  });
  afterAll(() => demo.remove());

  test('each demo licence gets the verdict it is there to show', async () => {
    expect(await refusals(demo, held)).toEqual(REFUSALS);
  });

  test('the default catalogue is published', async () => {
    expect(await demo.city.catalogue.current()).toEqual(defaultCatalogue);
  });

  test('holders’ keys lie in a file only its owner reads', () => {
    expect(statSync(demo.wallet).mode & 0o777).toBe(0o600);
  });

  test('opening the demo again issues nothing twice and gives the same licences', async () => {
    const issued = async () => [
      (await demo.city.licences.list()).length,
      (await demo.city.delegations.list()).length,
    ];
    const before = await issued();
    const again = await prepareLicences(demo.city, demo.wallet);
    expect(await issued()).toEqual(before);
    const codes = (all: Held) =>
      [...all.values()].map(({ code, presenter, delegation }) => ({
        code,
        key: presenter?.seed,
        delegation: delegation?.code,
      }));
    expect(codes(again)).toEqual(codes(held));
  });
});

describe('a city whose licences run out soon', () => {
  let demo: DemoCity;
  let before: Held;
  let after: Held;
  beforeAll(async () => {
    demo = await demoCity();
    before = await prepareLicences(demo.city, demo.wallet);
    demo.clock.nowMs += 690 * DAY_MS;
    after = await prepareLicences(demo.city, demo.wallet);
    await doUpkeep(demo.city); // the city's server signs its lists again
  });
  afterAll(() => demo.remove());

  const issuedAgain = (id: string) => before.get(id)?.cti !== after.get(id)?.cti;

  test('valid ones are issued again, expired ones stay', () => {
    expect(issuedAgain('lin-insurance')).toBe(true);
    expect(issuedAgain('he-insurance')).toBe(false);
  });

  test('everything still gets the verdict it is there to show', async () => {
    expect(await refusals(demo, after)).toEqual(REFUSALS);
  });
});

test('a wallet of the first release goes on working: its person keeps the key, its long licence gives way', async () => {
  const demo = await demoCity();
  const { code: _, ...housing } = DEMO_ISSUERS.housing;
  await demo.city.issuers.define(housing);
  const person = generateSigningKey();
  const now = Math.floor(demo.clock.nowMs / 1000);
  const long = new Map([[COMMON_LABEL.holderCode, builder.code] as const, [20, 'x'.repeat(300)] as const]);
  const answer = await demo.city.licences.issue({
    ...{ iss: housing.iss, kind: 'construction-permit', sub: 'old', fields: long, exp: now + 9e7 },
    holderKey: person.publicKey,
  });
  if (!answer.ok) throw new Error(answer.fault);
  const cti = Buffer.from(answer.issued.licence.cti).toString('hex');
  const code = Buffer.from(answer.issued.bytes).toString('base64url');
  const seeds = { 'shen-ruolan': Buffer.from(person.seed).toString('base64url') };
  const licences = { 'shen-construction-permit': { code, cti, nbf: now, exp: now + 9e7 } };
  mkdirSync(dirname(demo.wallet));
  writeFileSync(demo.wallet, JSON.stringify({ version: 1, seeds, licences }));

  const held = await prepareLicences(demo.city, demo.wallet);
  expect(await refusals(demo, held)).toEqual(REFUSALS);
  expect(held.get('shen-construction-permit')?.presenter?.seed).toEqual(person.seed);
  expect((await demo.city.states.withdrawn()).get(cti)).toBe('revoked');
  await demo.remove();
});

test('a damaged wallet is named, and none of it is repeated', async () => {
  const demo = await demoCity();
  mkdirSync(dirname(demo.wallet));
  writeFileSync(demo.wallet, '{"version":1,"seeds":{"lin":"SECRET"');
  const failure = await prepareLicences(demo.city, demo.wallet).catch((error: unknown) => String(error));
  expect(failure).toContain(demo.wallet);
  expect(failure).not.toContain('SECRET');
  await demo.remove();
});

test('a catalogue the operator has worked on stays', async () => {
  const demo = await demoCity();
  const services = defaultCatalogue.services.slice(0, 2);
  const own = { ...defaultCatalogue, version: 7, services, matters: [] };
  await demo.city.catalogue.replace(own);
  await prepareLicences(demo.city, demo.wallet);
  expect(await demo.city.catalogue.current()).toEqual(own);
  await demo.remove();
});
