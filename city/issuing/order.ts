import type { FieldValue, Licence } from '../../licence/claims.ts';

/** An issuer as the city admits it. */
export interface IssuerDefinition {
  /** Short name in key files and list names: lower-case letters, digits and dashes. */
  readonly slug: string;
  /** What its licences carry as `iss`. */
  readonly iss: string;
  readonly names: { readonly zh: string; readonly en: string };
  /** Kinds its licence key may sign; catalogue names. */
  readonly kinds: readonly string[];
  /** Kinds of licences its delegation key may let somebody else show; as they were when absent. */
  readonly delegates?: readonly string[];
  /** Its lists get two bits an entry, so that what it signs from now on can be suspended. */
  readonly suspends?: true;
  /** Entries of each of its status lists; 2^17 when absent. */
  readonly listEntries?: number;
}

/** What an issuer is asked to sign. Times are unix seconds. */
export interface LicenceOrder {
  readonly iss: string;
  readonly kind: string;
  /** The licence identifier. */
  readonly sub: string;
  /** Label to value, labels as the catalogue has them. */
  readonly fields: ReadonlyMap<number, FieldValue>;
  /** The holder's raw Ed25519 key; without it the licence is a static code. */
  readonly holderKey?: Uint8Array;
  /** When it begins to hold; now when absent. */
  readonly nbf?: number;
  readonly exp: number;
}

export interface IssuedLicence {
  readonly licence: Licence;
  /** The COSE bytes a code carries. */
  readonly bytes: Uint8Array;
}

/** Why an order was refused. */
export type OrderFault =
  | 'unknown-issuer'
  | 'kind-not-admitted'
  | 'never-valid'
  /** The holder's key isn't one a proof can rest on. */
  | 'unsound-key'
  /** A terminal would not read it: an empty identifier, for one. */
  | 'unreadable'
  /** A code with it would be larger than a phone can show; see code-room.ts. */
  | 'too-big';

export type Issued =
  | { readonly ok: true; readonly issued: IssuedLicence }
  | { readonly ok: false; readonly fault: Exclude<OrderFault, 'too-big'> }
  /** @see codeExcess */
  | { readonly ok: false; readonly fault: 'too-big' /** bytes */; readonly excess: number };
