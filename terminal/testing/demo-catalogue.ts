import type { Catalogue, Service } from '../../licence/trust/catalogue.ts';

/** Two kinds with a field of every masking rule, and a service of every sort: one licence or a case, handed on or not. */
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
    {
      id: 'school-enrolment',
      names: { zh: '入学转学', en: 'School enrolment' },
      kinds: ['medical-insurance', 'driving-licence'],
      holderProof: 'if-bound',
      freshnessSeconds: 60,
      shownFields: [1, 2, 20, 21, 22],
      collects: 'case',
      lookUps: ['id'],
      handsOn: { fields: [1, 2], licence: true },
    },
    {
      id: 'settlement',
      names: { zh: '费用结算', en: 'Settlement' },
      kinds: ['medical-insurance'],
      holderProof: 'required',
      freshnessSeconds: 60,
      shownFields: [1, 20],
      businesses: [
        { type: '01101', names: { zh: '挂号', en: 'Registration' } },
        { type: '01301', names: { zh: '费用结算', en: 'Settlement' } },
      ],
      handsOn: { fields: [1, 20], licence: false },
    },
    {
      id: 'property-transaction',
      names: { zh: '不动产证核验', en: 'Property check' },
      kinds: ['medical-insurance'],
      holderProof: 'if-bound',
      freshnessSeconds: 60,
      shownFields: [1, 20],
      keeps: 'nothing',
    },
  ],
  matters: [
    {
      id: 'school-entry',
      names: { zh: '入学', en: 'Enrol a child' },
      service: 'school-enrolment',
      needs: [
        { names: { zh: '医保', en: 'Insurance' }, kinds: ['medical-insurance'] },
        { names: { zh: '驾驶证', en: 'Driving licence' }, kinds: ['driving-licence'] },
      ],
    },
    {
      id: 'school-transfer',
      names: { zh: '转学', en: 'Change school' },
      service: 'school-enrolment',
      needs: [{ names: { zh: '医保', en: 'Insurance' }, kinds: ['medical-insurance'] }],
    },
  ],
};

/** @throws for a service the demo catalogue doesn't have. */
export function serviceNamed(id: string): Service {
  const service = DEMO_CATALOGUE.services.find((candidate) => candidate.id === id);
  if (!service) throw new Error(`no demo service ${id}`);
  return service;
}
