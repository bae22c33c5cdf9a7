import type { Matter } from '../../licence/trust/catalogue.ts';

const HOUSEHOLD: Need = {
  names: { zh: '户籍证明', en: 'Household registration' },
  kinds: ['household-registration'],
};
const CHILD: Need = { names: { zh: '子女出生证明', en: 'The child’s birth' }, kinds: ['birth-certificate'] };
const HOME: Need = {
  names: { zh: '居住证明（任一）', en: 'Where the family lives (any of these)' },
  kinds: ['real-estate-certificate', 'home-purchase-contract', 'lease-filing', 'residence-permit'],
};
const WORK: Need = {
  names: { zh: '就业或经营证明（任一）', en: 'Work or business (any of these)' },
  kinds: ['social-insurance-record', 'social-security-card', 'tax-certificate', 'business-licence'],
};
const LEASE: Need = { names: { zh: '租赁备案', en: 'Filed lease' }, kinds: ['lease-filing'] };
const NO_HOME: Need = {
  names: { zh: '无房证明', en: 'No home of their own' },
  kinds: ['no-home-certificate'],
};
const PERMIT: Need = { names: { zh: '居住证', en: 'Residence permit' }, kinds: ['residence-permit'] };
const TALENT: Need = { names: { zh: '人才证书', en: 'Talent certificate' }, kinds: ['talent-certificate'] };

/** What a school asks a family for; who rents, or was called for their skill, has a list of their own. */
export const SCHOOL_MATTERS: readonly Matter[] = [
  matter('school-entry', '入学', 'Starting school', [HOUSEHOLD, CHILD, HOME, WORK]),
  matter('school-entry-tenant', '租房家庭入学', 'Starting school, family rents', [
    HOUSEHOLD,
    CHILD,
    LEASE,
    NO_HOME,
    WORK,
  ]),
  matter('school-entry-talent', '人才子女入学', 'Starting school, child of a recognised talent', [
    HOUSEHOLD,
    CHILD,
    TALENT,
  ]),
  matter('school-transfer', '转学', 'Changing school', [HOUSEHOLD, CHILD, PERMIT, WORK]),
];

type Need = Matter['needs'][number];

function matter(id: string, zh: string, en: string, needs: Matter['needs']): Matter {
  return { id, names: { zh, en }, service: 'school-enrolment', needs };
}
