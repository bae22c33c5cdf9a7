import { COMMON_LABEL } from '../../licence/field-label.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import { FIRST_OWN_LABEL } from './kind-draft.ts';

/** A presentation is renewed every 30 s; twice that leaves room for a slow hand (licence-code.md, Presentation). */
const FRESHNESS_SECONDS = 60;

/**
 * Ordinary revocations and attachments are published once a day, so a list older than two days has missed one. Only
 * where a sale hangs on it; elsewhere the list's own exp decides, so that a shift without a network is no standstill.
 */
const TWO_DAYS_SECONDS = 2 * 86_400;

const { holderName, holderCode, certName, certNo, issuerName, issueDate, validFrom, validTo } = COMMON_LABEL;

/** Shown wherever the licence itself is the subject. */
const HEAD = [holderName, holderCode, certName, certNo, issuerName, validFrom, validTo];

/** A medical-insurance code is nobody's business but the insurance's: elsewhere it isn't even looked up. */
const TOKEN_ONLY: Service['references'] = [{ pattern: 'token' }];

/** The seven uses of the pilot (services.md). What a field shows is still masked as its kind says. */
export const DEFAULT_SERVICES: readonly Service[] = [
  {
    id: 'branch-registration',
    names: { zh: '外省公司开设省内分公司', en: 'Branch of an out-of-province company' },
    kinds: ['business-licence'],
    holderProof: 'if-bound',
    freshnessSeconds: FRESHNESS_SECONDS,
    delegation: 'accepted',
    references: TOKEN_ONLY,
    shownFields: own(9, [certName, issuerName, issueDate]),
  },
  {
    id: 'medical-insurance',
    names: { zh: '跨市就医结算', en: 'Medical care in another city' },
    kinds: ['medical-insurance'],
    holderProof: 'required',
    freshnessSeconds: FRESHNESS_SECONDS,
    shownFields: own(3, [holderName, holderCode]),
  },
  {
    id: 'construction-permit',
    names: { zh: '工程建设施工许可', en: 'Construction permits' },
    kinds: ['project-approval', 'land-use-planning-permit', 'construction-permit', 'completion-filing'],
    holderProof: 'if-bound',
    freshnessSeconds: FRESHNESS_SECONDS,
    delegation: 'accepted',
    references: TOKEN_ONLY,
    shownFields: own(7, HEAD),
  },
  {
    id: 'road-enforcement',
    names: { zh: '道路交通执法', en: 'Road enforcement' },
    kinds: ['driving-licence', 'vehicle-licence', 'oversize-transport-permit'],
    holderProof: 'if-bound',
    freshnessSeconds: FRESHNESS_SECONDS,
    references: TOKEN_ONLY,
    shownFields: own(9, [holderName, holderCode, issuerName, validTo]),
  },
  {
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
  },
  {
    id: 'property-transaction',
    names: { zh: '房产交易不动产证核验', en: 'Real estate check before a sale or lease' },
    kinds: ['real-estate-certificate'],
    holderProof: 'if-bound',
    freshnessSeconds: FRESHNESS_SECONDS,
    delegation: 'accepted',
    references: TOKEN_ONLY,
    maxStatusAgeSeconds: TWO_DAYS_SECONDS,
    // minimal disclosure: whose (masked), which (masked number, location), and whether it is mortgaged or attached
    shownFields: [holderName, certNo, FIRST_OWN_LABEL + 2, FIRST_OWN_LABEL + 9],
  },
  {
    id: 'site-inspection',
    names: { zh: '建筑从业人员资格检查', en: 'Construction worker qualification check' },
    kinds: ['construction-operator-certificate'],
    holderProof: 'if-bound',
    freshnessSeconds: FRESHNESS_SECONDS,
    delegation: 'accepted',
    references: TOKEN_ONLY,
    shownFields: own(7, [holderName, certNo, issuerName, validTo]),
  },
];

/** The head, then the first `count` own labels of whichever kind it is; `never` in the kind keeps a field off. */
function own(count: number, head: readonly number[]): number[] {
  return [...head, ...Array.from({ length: count }, (_, index) => FIRST_OWN_LABEL + index)];
}
