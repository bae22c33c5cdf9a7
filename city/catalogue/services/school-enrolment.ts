import type { Service } from '../../../licence/trust/catalogue.ts';
import { FRESHNESS_SECONDS, HEAD, own, TOKEN_ONLY } from './terms.ts';

/** A hall counter or a school: a family's papers are shown, or found by the parent's number, until nothing lacks. */
export const SCHOOL_ENROLMENT: Service = {
  id: 'school-enrolment',
  names: { zh: '外来务工子女入学转学', en: "School enrolment of migrant workers' children" },
  kinds: [
    'real-estate-certificate',
    'business-licence',
    'social-security-card',
    'tax-certificate',
    'household-registration',
    'birth-certificate',
    'social-insurance-record',
    'home-purchase-contract',
    'residence-permit',
    'lease-filing',
    'no-home-certificate',
    'talent-certificate',
  ],
  holderProof: 'if-bound',
  freshnessSeconds: FRESHNESS_SECONDS,
  references: TOKEN_ONLY,
  shownFields: own(6, HEAD),
  collects: 'case',
  lookUps: ['id'],
  handsOn: { fields: own(6, HEAD), licence: true },
};
