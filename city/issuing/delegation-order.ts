import type { Delegation, DelegationScope } from '../../licence/delegation.ts';

/** What an issuer admitted for delegations is asked to sign. Times are unix seconds. */
export interface DelegationOrder {
  readonly iss: string;
  /** The delegate's identifier. */
  readonly sub: string;
  /** The delegate's raw Ed25519 key. */
  readonly delegateKey: Uint8Array;
  /** holderCode of the licences the delegate may show. */
  readonly principal: string;
  readonly scope: DelegationScope;
  /** When it begins to hold; now when absent. */
  readonly nbf?: number;
  readonly exp: number;
}

export interface IssuedDelegation {
  readonly delegation: Delegation;
  /** The COSE bytes a presentation carries. */
  readonly bytes: Uint8Array;
}

export type DelegationFault =
  | 'unknown-issuer'
  /** No key of the issuer may delegate every kind this is about. */
  | 'kind-not-admitted'
  /** A scope names a licence or a kind at least, and no part of it is empty. */
  | 'empty-scope'
  | 'unknown-licence'
  /** A licence it names is not the principal's. */
  | 'licence-of-another'
  | 'never-valid'
  | 'unsound-key'
  /** A terminal would not read it: an empty identifier, for one. */
  | 'unreadable'
  /** With one of the licences it is about, a code would be larger than a phone can show; see code-room.ts. */
  | 'too-big';

export type Delegated =
  | { readonly ok: true; readonly issued: IssuedDelegation }
  | { readonly ok: false; readonly fault: Exclude<DelegationFault, 'too-big'> }
  /** @see codeExcess */
  | { readonly ok: false; readonly fault: 'too-big' /** bytes */; readonly excess: number };
