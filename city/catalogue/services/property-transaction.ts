import { COMMON_LABEL } from '../../../licence/field-label.ts';
import type { Service } from '../../../licence/trust/catalogue.ts';
import { FIRST_OWN_LABEL } from '../kind-draft.ts';
import { FRESHNESS_SECONDS, TOKEN_ONLY } from './terms.ts';

/**
 * Ordinary revocations and attachments are published once a day, so a list older than two days has missed one. Only
 * where a sale hangs on it; elsewhere the list's own exp decides, so that a shift without a network is no standstill.
 */
const TWO_DAYS_SECONDS = 2 * 86_400;

/** An agency, a buyer or a tenant: true or not, the few masked fields they need, and nothing kept. */
export const PROPERTY_TRANSACTION: Service = {
  id: 'property-transaction',
  names: { zh: '房产交易不动产证核验', en: 'Real estate check before a sale or lease' },
  kinds: ['real-estate-certificate'],
  holderProof: 'if-bound',
  freshnessSeconds: FRESHNESS_SECONDS,
  delegation: 'accepted',
  references: TOKEN_ONLY,
  maxStatusAgeSeconds: TWO_DAYS_SECONDS,
  // whose (masked), which (masked number, location), and whether it is mortgaged or attached
  shownFields: [COMMON_LABEL.holderName, COMMON_LABEL.certNo, FIRST_OWN_LABEL + 2, FIRST_OWN_LABEL + 9],
  keeps: 'nothing',
};
