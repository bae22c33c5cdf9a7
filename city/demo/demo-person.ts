import type { FieldValue } from '../../licence/claims.ts';
import { idNumber } from './check-characters.ts';
import type { Condition, DelegationCondition } from './condition.ts';
import type { DemoIssuerName } from './demo-issuers.ts';

/** Whom a licence is made out to. */
export interface Holder {
  readonly name: string;
  readonly code: string;
  /** 111 ID card, 001 unified social credit code. */
  readonly codeType: '111' | '001';
}

export interface DemoLicence {
  /** Stable name, unique over all people: the page and tests ask for it. */
  readonly id: string;
  readonly kind: string;
  readonly issuer: DemoIssuerName;
  readonly condition: Condition;
  readonly holder: Holder;
  readonly certNo: string;
  /** The kind's own fields, by the names of services.md. `{validFrom}` and `{validTo}` stand for the dates it holds. */
  readonly own: Readonly<Record<string, FieldValue>>;
}

/** A licence of another in the phone of somebody who acts for them. */
export interface DemoDelegated {
  /** Stable name, unique over all people and licences. */
  readonly id: string;
  /** Name of the licence. */
  readonly licence: string;
  readonly condition: DelegationCondition;
  /** Who let them. */
  readonly principal: Holder;
  /** This one licence, or a kind of them. */
  readonly of: 'this-licence' | { readonly kind: string };
  /** Where alone; everywhere when absent. */
  readonly service?: string;
}

/** Somebody with a phone. All invented. */
export interface DemoPerson {
  readonly id: string;
  readonly names: { readonly zh: string; readonly en: string };
  readonly about: { readonly zh: string; readonly en: string };
  /** Their identifier where they act for somebody. */
  readonly code?: string;
  readonly licences: readonly DemoLicence[];
  readonly delegated?: readonly DemoDelegated[];
}

/** @param born YYYYMMDD. @param order 3 digits of the ID number. */
export function person(name: string, born: string, order: string): Holder {
  return { name, code: idNumber(born, order), codeType: '111' };
}
