import type { IssuerDefinition } from '../issuing/order.ts';
import { uscc } from './check-characters.ts';

/** An invented authority. */
export interface DemoIssuer extends IssuerDefinition {
  readonly delegates: readonly string[];
  /** Its unified social credit code, part of the identifier of what it issues. */
  readonly code: string;
}

/**
 * What others may be let show: a company's papers of a project, and the certificate of somebody up on a crane. Other
 * papers leave no room for a third signature.
 */
export const DELEGABLE_KINDS = [
  'project-approval',
  'construction-permit',
  'completion-filing',
  'construction-operator-certificate',
] as const;

/** The authorities of 示范市, a city that doesn't exist. Each may sign its own kinds and no other. */
export const DEMO_ISSUERS = {
  medicalSecurity: issuer('medical-security', '01', '示范市医疗保障局', 'Demo City Medical Security Bureau', [
    'medical-insurance',
  ]),
  trafficPolice: issuer('traffic-police', '02', '示范市公安局交通管理局', 'Demo City Traffic Police', [
    'driving-licence',
    'vehicle-licence',
  ]),
  transport: issuer('transport', '03', '示范市交通运输局', 'Demo City Transport Bureau', [
    'oversize-transport-permit',
  ]),
  marketRegulation: issuer(
    'market-regulation',
    '04',
    '示范市市场监督管理局',
    'Demo City Market Regulation Bureau',
    ['business-licence'],
  ),
  naturalResources: issuer(
    'natural-resources',
    '05',
    '示范市自然资源和规划局',
    'Demo City Natural Resources and Planning Bureau',
    ['real-estate-certificate', 'land-use-planning-permit', 'no-home-certificate'],
  ),
  housing: issuer('housing', '06', '示范市住房和城乡建设局', 'Demo City Housing and Construction Bureau', [
    'construction-permit',
    'completion-filing',
    'construction-operator-certificate',
    'home-purchase-contract',
    'lease-filing',
  ]),
  development: issuer(
    'development',
    '07',
    '示范市发展和改革委员会',
    'Demo City Development and Reform Commission',
    ['project-approval'],
  ),
  humanResources: issuer(
    'human-resources',
    '08',
    '示范市人力资源和社会保障局',
    'Demo City Human Resources and Social Security Bureau',
    ['social-security-card', 'social-insurance-record', 'talent-certificate'],
  ),
  // a birth or a tax paid is never suspended: their lists keep one bit
  health: lasting(
    issuer('health', '09', '示范市卫生健康委员会', 'Demo City Health Commission', ['birth-certificate']),
  ),
  tax: lasting(issuer('tax', '10', '国家税务总局示范市税务局', 'Demo City Tax Office', ['tax-certificate'])),
  publicSecurity: issuer('public-security', '11', '示范市公安局', 'Demo City Public Security Bureau', [
    'household-registration',
    'residence-permit',
  ]),
  // of another province, admitted here: whose companies open branches
  neighbour: issuer(
    'neighbour-market',
    '13',
    '邻省示范县市场监督管理局',
    'Market Regulation Bureau of a county in the next province',
    ['business-licence'],
  ),
  // a short name: it stands in codes that have little room left
  identity: {
    ...issuer('id', '12', '示范市统一身份认证平台', 'Demo City Identity Platform', []),
    delegates: DELEGABLE_KINDS,
  },
} as const satisfies Record<string, DemoIssuer>;

export type DemoIssuerName = keyof typeof DEMO_ISSUERS;

/** Nobody has admitted this one: what it signs is refused as `unknown-issuer`. It is never defined in the city. */
export const ROGUE_ISSUER: DemoIssuer = issuer(
  'rogue',
  '99',
  '示范市医疗保障服务中心（冒名）',
  'Demo City Medical Service Centre (an impostor)',
  ['medical-insurance'],
);

function issuer(slug: string, number: string, zh: string, en: string, kinds: readonly string[]): DemoIssuer {
  return {
    slug: `demo-${slug}`,
    iss: `https://${slug}.demo.example`,
    names: { zh, en },
    kinds,
    delegates: [],
    suspends: true,
    code: uscc('11', `MB9DEM${number}`),
  };
}

function lasting({ suspends: _, ...issuer }: DemoIssuer): DemoIssuer {
  return issuer;
}
