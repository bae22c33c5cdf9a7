import { statedFields } from '../../licence/stated-fields.ts';
import type { Catalogue, Matter, Service } from '../../licence/trust/catalogue.ts';
import type { Issuer } from '../../licence/trust/issuers.ts';
import type { Names } from '../contract.ts';
import type { AuditPosition, HeldLicence, HeldVerdict } from './held-verdict.ts';

/** What a business system gets of the licences that were checked for it. */
export interface HandOn {
  /** Service id. */
  readonly service: string;
  /** The code of the business, such as 01301. */
  readonly businessType?: string;
  /** Matter id. */
  readonly matter?: string;
  /** The business system's own number for it. */
  readonly caseNo?: string;
  /** unix ms */
  readonly at: number;
  /** Staff id; absent at a kiosk. */
  readonly staff?: string;
  readonly licences: readonly HandedLicence[];
}

export interface HandedLicence {
  /** Kind id. */
  readonly kind: string;
  readonly issuer: string;
  /** Those the service hands on, whole. */
  readonly fields: readonly HandedField[];
  /** The identifier of whoever showed it in the holder's place. */
  readonly delegate?: string;
  /** unix seconds at which the status list used was signed. */
  readonly statusIat?: number;
  /** unix seconds at which the city answered for it. */
  readonly resolvedIat?: number;
  /** As its issuer signed it (COSE_Sign1), where the service says so. */
  readonly licence?: Uint8Array;
  /** The row of its verification. */
  readonly audit?: AuditPosition;
}

export interface HandedField {
  readonly label: number;
  readonly names: Names;
  readonly value: string | number | boolean;
}

/** "The next accepted licence at this terminal is for this": what a business system asks for. */
export interface BusinessRequest {
  readonly id: string;
  readonly client: string;
  readonly businessType?: string;
  /** To be treated as personal: it may lead to a patient's file. */
  readonly caseNo?: string;
  readonly matter?: string;
}

export interface HandOnFacts {
  readonly verdicts: readonly HeldVerdict[];
  /** The one the licences were checked for. */
  readonly service: Service;
  readonly trust: { readonly catalogue: Catalogue; readonly issuers: readonly Issuer[] };
  readonly matter?: Matter | undefined;
  readonly businessType?: string | undefined;
  readonly caseNo?: string | undefined;
  /** Staff id. */
  readonly staff?: string | undefined;
  /** unix ms, best time */
  readonly at: number;
}

/** @returns undefined where the service hands nothing on, or none of the verdicts was accepted. */
export function handOnOf(facts: HandOnFacts): HandOn | undefined {
  const { service, matter, businessType, caseNo, staff, at } = facts;
  const licences = facts.verdicts.flatMap((verdict) => handedLicence(verdict, facts) ?? []);
  if (licences.length === 0) return undefined;
  return {
    service: service.id,
    ...(businessType === undefined ? {} : { businessType }),
    ...(matter === undefined ? {} : { matter: matter.id }),
    ...(caseNo === undefined ? {} : { caseNo }),
    at,
    ...(staff === undefined ? {} : { staff }),
    licences,
  };
}

function handedLicence(
  { outcome, held, audit }: HeldVerdict,
  { service, trust }: HandOnFacts,
): HandedLicence | undefined {
  const { handsOn } = service;
  if (outcome !== 'accepted' || !held || !handsOn) return undefined;
  const { licence, signedLicence, evidence, delegation } = held;
  return {
    kind: licence.kind,
    issuer: licence.iss,
    fields: handedFields(licence, handsOn.fields, trust),
    ...(delegation ? { delegate: delegation.sub } : {}),
    ...(evidence.statusIat === undefined ? {} : { statusIat: evidence.statusIat }),
    ...(evidence.resolvedIat === undefined ? {} : { resolvedIat: evidence.resolvedIat }),
    ...(handsOn.licence ? { licence: signedLicence } : {}),
    ...(audit ? { audit } : {}),
  };
}

/** In the order of the service; a label the kind doesn't name or the licence doesn't carry is left out. */
function handedFields(
  licence: HeldLicence['licence'],
  labels: readonly number[],
  { catalogue, issuers }: HandOnFacts['trust'],
): readonly HandedField[] {
  const kind = catalogue.kinds.find(({ id }) => id === licence.kind);
  const issuer = issuers.find(({ iss }) => iss === licence.iss);
  const stated = statedFields(licence, issuer?.names.zh);
  return labels.flatMap((label) => {
    const names = kind?.fields.find((field) => field.label === label)?.names;
    const value = stated.get(label);
    return names && value !== undefined ? [{ label, names, value }] : [];
  });
}
