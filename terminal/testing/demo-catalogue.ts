import type { Catalogue, Service } from '../../licence/trust/catalogue.ts';

/** Two kinds and two services, with a field of every masking rule. */
export const DEMO_CATALOGUE: Catalogue = {
  version: 1,
  kinds: [
    {
      id: 'medical-insurance',
      names: { zh: '医保电子凭证', en: 'Medical insurance' },
      fields: [
        { label: 1, names: { zh: '姓名', en: 'Name' }, show: 'name' },
        { label: 2, names: { zh: '证件号码', en: 'ID number' }, show: 'identifier' },
        { label: 20, names: { zh: '参保地', en: 'Insured region' }, show: 'whole' },
        { label: 21, names: { zh: '电话', en: 'Telephone' }, show: 'phone' },
        { label: 22, names: { zh: '人员类别', en: 'Type of person' }, show: 'never' },
        { label: 23, names: { zh: '备注', en: 'Remarks' }, show: 'whole' },
      ],
    },
    {
      id: 'driving-licence',
      names: { zh: '机动车驾驶证', en: 'Driving licence' },
      fields: [
        { label: 1, names: { zh: '姓名', en: 'Name' }, show: 'name' },
        { label: 20, names: { zh: '准驾车型', en: 'Vehicle class' }, show: 'whole' },
      ],
    },
  ],
  services: [
    {
      id: 'medical-insurance',
      names: { zh: '跨市就医结算', en: 'Medical insurance settlement' },
      kinds: ['medical-insurance'],
      holderProof: 'required',
      freshnessSeconds: 60,
      // not 23: known to the kind, but no business of this service
      shownFields: [20, 1, 2, 21, 22],
    },
    {
      id: 'road-enforcement',
      names: { zh: '道路交通执法', en: 'Road enforcement' },
      kinds: ['driving-licence'],
      holderProof: 'if-bound',
      freshnessSeconds: 60,
      shownFields: [1, 20],
    },
  ],
};

/** @throws for a service the demo catalogue doesn't have. */
export function serviceNamed(id: string): Service {
  const service = DEMO_CATALOGUE.services.find((candidate) => candidate.id === id);
  if (!service) throw new Error(`no demo service ${id}`);
  return service;
}
