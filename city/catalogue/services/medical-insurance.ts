import { COMMON_LABEL } from '../../../licence/field-label.ts';
import type { Service } from '../../../licence/trust/catalogue.ts';
import { FRESHNESS_SECONDS, own } from './terms.ts';

const { holderName, holderCode, holderCodeType, certNo } = COMMON_LABEL;

/** A kiosk or a counter of a clinic, a pharmacy or an insurance office: patients scan on their own. */
export const MEDICAL_INSURANCE: Service = {
  id: 'medical-insurance',
  names: { zh: '跨市就医结算', en: 'Medical care in another city' },
  kinds: ['medical-insurance'],
  holderProof: 'required',
  freshnessSeconds: FRESHNESS_SECONDS,
  shownFields: own(3, [holderName, holderCode]),
  // numbers are the national insurance's own business types; what it has none for has a word
  businesses: [
    { type: '01101', names: { zh: '挂号', en: 'Register for a visit' } },
    { type: '01301', names: { zh: '费用结算', en: 'Settle the bill' } },
    { type: '01302', names: { zh: '取药', en: 'Collect medicine' } },
    { type: '02121', names: { zh: '药店购药', en: 'Buy at the pharmacy' } },
    { type: 'query-benefits', names: { zh: '权益信息查询', en: 'See my benefits' } },
    { type: 'remote-care', names: { zh: '异地就医备案', en: 'Register for care in another city' } },
    { type: 'transfer', names: { zh: '医疗关系转移', en: 'Move my insurance' } },
    {
      type: 'chronic-disease',
      names: { zh: '门诊慢特病资格确认', en: 'Confirm outpatient cover for a chronic disease' },
    },
  ],
  // who is insured, and where: the hospital's system asks the insurance the rest
  handsOn: { fields: own(3, [holderName, holderCode, holderCodeType, certNo]), licence: false },
};
