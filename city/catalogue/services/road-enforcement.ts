import { COMMON_LABEL } from '../../../licence/field-label.ts';
import type { Service } from '../../../licence/trust/catalogue.ts';
import { FRESHNESS_SECONDS, own, SHIFT_SECONDS, TOKEN_ONLY } from './terms.ts';

const { holderName, holderCode, certName, certNo, issuerName, validTo } = COMMON_LABEL;

/** A handheld at the roadside, often offline: a driver's codes side by side. */
export const ROAD_ENFORCEMENT: Service = {
  id: 'road-enforcement',
  names: { zh: '道路交通执法', en: 'Road enforcement' },
  kinds: ['driving-licence', 'vehicle-licence', 'oversize-transport-permit'],
  holderProof: 'if-bound',
  freshnessSeconds: FRESHNESS_SECONDS,
  references: TOKEN_ONLY,
  maxOfflineSeconds: SHIFT_SECONDS,
  shownFields: own(9, [holderName, holderCode, issuerName, validTo]),
  collects: 'case',
  handsOn: { fields: own(9, [holderName, holderCode, certName, certNo]), licence: false },
  notice: {
    zh: '不得以未携带实体证照给予处罚',
    en: 'Not carrying the paper document is no ground for a penalty',
  },
};
