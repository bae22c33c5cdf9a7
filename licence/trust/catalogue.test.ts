import { describe, expect, it } from 'vitest';
import { demoService } from '../testing/demo-issuer.ts';
import { demoCatalogue } from '../testing/demo-trust.ts';
import { parseCatalogue } from './catalogue.ts';

describe('catalogue.json', () => {
  it('reads back as it was written', () => {
    const catalogue = demoCatalogue();
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

  it('that is no object is refused', () => {
    expect(parseCatalogue(undefined)).toMatch(/^catalogue\.json: /);
  });
});
