import { COMMON_LABEL } from '../../../licence/field-label.ts';
import type { Service } from '../../../licence/trust/catalogue.ts';
import { FRESHNESS_SECONDS, HEAD, own, TOKEN_ONLY } from './terms.ts';

const { certName, issuerName, issueDate } = COMMON_LABEL;

/** A hall counter: the parent company's licence is shown, or found by its code, and goes into the case file. */
export const BRANCH_REGISTRATION: Service = {
  id: 'branch-registration',
  names: { zh: '外省公司开设省内分公司', en: 'Branch of an out-of-province company' },
  kinds: ['business-licence'],
  holderProof: 'if-bound',
  freshnessSeconds: FRESHNESS_SECONDS,
  delegation: 'accepted',
  references: TOKEN_ONLY,
  shownFields: own(9, [certName, issuerName, issueDate]),
  lookUps: ['uscc'],
  handsOn: { fields: own(9, [...HEAD, issueDate]), licence: true },
};
