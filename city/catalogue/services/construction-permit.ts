import type { Service } from '../../../licence/trust/catalogue.ts';
import { FRESHNESS_SECONDS, HEAD, own, TOKEN_ONLY } from './terms.ts';

/** A hall counter: several licences of one project make one case, often shown by somebody who acts for the company. */
export const CONSTRUCTION_PERMIT: Service = {
  id: 'construction-permit',
  names: { zh: '工程建设施工许可', en: 'Construction permits' },
  kinds: ['project-approval', 'land-use-planning-permit', 'construction-permit', 'completion-filing'],
  holderProof: 'if-bound',
  freshnessSeconds: FRESHNESS_SECONDS,
  delegation: 'accepted',
  references: TOKEN_ONLY,
  shownFields: own(7, HEAD),
  collects: 'case',
  handsOn: { fields: own(7, HEAD), licence: true },
};
