import { describe, expect, it } from 'vitest';
import { demoService } from '../testing/demo-issuer.ts';
import { demoCatalogue, fullCatalogue } from '../testing/demo-trust.ts';
import { type Business, parseCatalogue, type Service } from './catalogue.ts';

describe('catalogue.json', () => {
  it.each([
    ['at its smallest', demoCatalogue()],
    ['with every member it may have', fullCatalogue()],
  ])('%s reads back as it was written', (_, catalogue) => {
    expect(parseCatalogue(JSON.parse(JSON.stringify(catalogue)))).toEqual(catalogue);
  });

  it.each<[string, object, string]>([
    ['a freshness of 5 seconds', { freshnessSeconds: 5 }, 'services[0].freshnessSeconds'],
    ['a freshness past ten minutes', { freshnessSeconds: 601 }, 'services[0].freshnessSeconds'],
    ['no word on the holder’s proof', { holderProof: undefined }, 'services[0].holderProof'],
    ['a proof that is sometimes needed', { holderProof: 'optional' }, 'services[0].holderProof'],
    ['no kinds', { kinds: [] }, 'services[0].kinds'],
    ['an id in capitals', { id: 'Medical' }, 'services[0].id'],
    ['no Chinese name', { names: { en: 'x' } }, 'services[0].names.zh'],
    ['a status list of no age', { maxStatusAgeSeconds: 0 }, 'services[0].maxStatusAgeSeconds'],
    ['less than ten minutes offline', { maxOfflineSeconds: 599 }, 'services[0].maxOfflineSeconds'],
    ['a collection nobody knows', { collects: 'folder' }, 'services[0].collects'],
    ['businesses, but none', { businesses: [] }, 'services[0].businesses'],
    ['more businesses than a screen holds', { businesses: businesses(17) }, 'services[0].businesses'],
    ['a business without a type', { businesses: [{ names: NAMES }] }, 'services[0].businesses[0].type'],
    [
      'a business type that is a sentence',
      { businesses: [{ type: 'pay it', names: NAMES }] },
      'services[0].businesses[0].type',
    ],
    ['a look-up by name', { lookUps: ['name'] }, 'services[0].lookUps[0]'],
    [
      'a field handed on that no licence has',
      { handsOn: { fields: [0], licence: false } },
      'services[0].handsOn.fields[0]',
    ],
    [
      'no word on whether the licence is handed on',
      { handsOn: { fields: [1] } },
      'services[0].handsOn.licence',
    ],
    ['a way of keeping nobody knows', { keeps: 'everything' }, 'services[0].keeps'],
    ['a notice in one language', { notice: { zh: '注意' } }, 'services[0].notice.en'],
    ['a member nobody knows', { frehsness: 60 }, 'frehsness'],
  ])('with a service that has %s is refused, and the sentence names it', (_, changes, named) => {
    const sentence = parseCatalogue({ ...demoCatalogue(), services: [{ ...demoService(), ...changes }] });
    expect(sentence).toMatch(/^catalogue\.json: /);
    expect(sentence).toContain(named);
  });

  it('with a field shown in a way nobody knows is refused, and the sentence names it', () => {
    const field = { label: 1, names: { zh: '姓名', en: 'Name' }, show: 'blurred' };
    const kind = { id: 'a-kind', names: { zh: '甲', en: 'A' }, fields: [field] };
    expect(parseCatalogue({ version: 1, kinds: [kind], services: [] })).toContain('kinds[0].fields[0].show');
  });

  it('with a service that takes a kind it does not describe is refused', () => {
    const services = [demoService({ kinds: ['medical-insurance', 'driving-licence'] })];
    expect(parseCatalogue({ ...demoCatalogue(), services })).toBe(
      'catalogue.json: service medical-insurance accepts driving-licence, which is not among the kinds',
    );
  });

  it('with a kind or a service that stands twice is refused', () => {
    const { kinds } = demoCatalogue();
    expect(parseCatalogue({ ...demoCatalogue(), kinds: [...kinds, ...kinds] })).toMatch(/ stands twice$/);
    const services = [demoService(), demoService()];
    expect(parseCatalogue({ ...demoCatalogue(), services })).toBe(
      'catalogue.json: medical-insurance stands twice',
    );
  });

  it('with a business type that stands twice in a service is refused', () => {
    const services = [demoService({ businesses: [...businesses(2), ...businesses(1)], handsOn: HANDS_ON })];
    expect(parseCatalogue({ ...demoCatalogue(), services })).toBe(
      'catalogue.json: service medical-insurance has the business 0 twice',
    );
  });

  it('may have the same business type in two services', () => {
    const services = ['a', 'b'].map((id) =>
      demoService({ id, businesses: businesses(1), handsOn: HANDS_ON }),
    );
    expect(parseCatalogue({ ...demoCatalogue(), services })).toBeTypeOf('object');
  });

  it.each<[string, Partial<Service>, string]>([
    [
      'keeps nothing and hands on',
      { keeps: 'nothing', handsOn: HANDS_ON },
      'keeps nothing, but hands licences on',
    ],
    [
      'keeps nothing and looks up',
      { keeps: 'nothing', lookUps: ['id'] },
      'keeps nothing, but looks licences up',
    ],
    ['has businesses for nobody', { businesses: businesses(1) }, 'has businesses, but hands nothing on'],
  ])('with a service that %s is refused', (_, changes, sentence) => {
    expect(parseCatalogue({ ...demoCatalogue(), services: [demoService(changes)] })).toBe(
      `catalogue.json: service medical-insurance ${sentence}`,
    );
  });

  it('may have a service that keeps nothing and names no look-up', () => {
    const services = [demoService({ keeps: 'nothing', lookUps: [] })];
    expect(parseCatalogue({ ...demoCatalogue(), services })).toBeTypeOf('object');
  });

  it.each<[string, object, string]>([
    ['belongs to no service', { service: 'fishing' }, 'belongs to fishing, which is not among the services'],
    ['belongs to a service without a case', { service: 'one' }, 'belongs to one, which collects no case'],
    [
      'needs what its service doesn’t take',
      { needs: [{ names: NAMES, kinds: ['medical-insurance', 'pet-passport'] }] },
      'needs pet-passport, which case doesn’t accept',
    ],
  ])('with a matter that %s is refused, and the sentence names it', (_, changes, sentence) => {
    expect(parseCatalogue(withMatters({ ...MATTER, ...changes }))).toBe(
      `catalogue.json: matter moving ${sentence}`,
    );
  });

  it.each<[string, object, string]>([
    ['needs nothing', { needs: [] }, 'matters[0].needs'],
    ['has a need that nothing meets', { needs: [{ names: NAMES, kinds: [] }] }, 'matters[0].needs[0].kinds'],
    ['has a member nobody knows', { fee: 5 }, 'fee'],
  ])('with a matter that %s is refused, and the sentence names the member', (_, changes, named) => {
    expect(parseCatalogue(withMatters({ ...MATTER, ...changes }))).toContain(named);
  });

  it('with a matter that stands twice is refused', () => {
    expect(parseCatalogue(withMatters(MATTER, MATTER))).toBe('catalogue.json: moving stands twice');
  });

  it('that is no object is refused', () => {
    expect(parseCatalogue(undefined)).toMatch(/^catalogue\.json: /);
  });
});

const NAMES = { zh: '名', en: 'Name' };
const HANDS_ON = { fields: [1], licence: false };
const MATTER = {
  id: 'moving',
  names: NAMES,
  service: 'case',
  needs: [{ names: NAMES, kinds: ['medical-insurance'] }],
};

/** Types 0, 1, 2 … */
function businesses(count: number): Business[] {
  return Array.from({ length: count }, (_, type) => ({ type: String(type), names: NAMES }));
}

/** Beside a service that collects a case, and one that doesn't. */
function withMatters(...matters: readonly object[]): object {
  const services = [demoService({ id: 'case', collects: 'case' }), demoService({ id: 'one' })];
  return { ...demoCatalogue(), services, matters };
}
