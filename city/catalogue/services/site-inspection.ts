import { COMMON_LABEL } from '../../../licence/field-label.ts';
import type { Service } from '../../../licence/trust/catalogue.ts';
import { FRESHNESS_SECONDS, own, SHIFT_SECONDS, TOKEN_ONLY } from './terms.ts';

const { holderName, certNo, issuerName, validTo } = COMMON_LABEL;

/** A handheld on a building site, offline: who is up on the crane may have the certificate shown by somebody below. */
export const SITE_INSPECTION: Service = {
  id: 'site-inspection',
  names: { zh: '建筑从业人员资格检查', en: 'Construction worker qualification check' },
  kinds: ['construction-operator-certificate'],
  holderProof: 'if-bound',
  freshnessSeconds: FRESHNESS_SECONDS,
  delegation: 'accepted',
  references: TOKEN_ONLY,
  maxOfflineSeconds: SHIFT_SECONDS,
  shownFields: own(7, [holderName, certNo, issuerName, validTo]),
};
