import { createHash } from 'node:crypto';
import type { Licence, Presentation } from '../claims.ts';
import type { Delegation } from '../delegation.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { issueDelegation } from '../issue/issue-delegation.ts';
import { issueLicence } from '../issue/issue-licence.ts';
import { presentLicence } from '../issue/present-licence.ts';
import { type SigningKey, signingKeyFromSeed } from '../issue/signing-key.ts';
import type { StatusList } from '../status/status-list.ts';
import type { Service } from '../trust/catalogue.ts';
import type { Issuer, IssuerKey } from '../trust/issuers.ts';
import type { VerifyContext } from '../verify.ts';

/*
 * A small world in which `verify(demoCode(), demoContext())` accepts: one issuer, one holder, one licence, one
 * service, one status list. Each function takes the changes that a test wants to see refused.
 */

/** Where the demo world stands in time, unix seconds. */
export const NOW = 1_790_000_000;
export const DAY = 86_400;

export const LIST_URI = 'urn:demo:status:1';
export const LIST_ENTRIES = 1024;
/** The entry of the demo licence. */
export const LIST_INDEX = 7;

/** The same name always gives the same key. */
export function demoKey(name: string): SigningKey {
  return signingKeyFromSeed(new Uint8Array(createHash('sha256').update(name).digest()));
}

export const ISSUER_KEY = demoKey('issuer');
export const STATUS_KEY = demoKey('status');
export const HOLDER_KEY = demoKey('holder');
export const DELEGATION_KEY = demoKey('delegation');
export const DELEGATE_KEY = demoKey('delegate');
/** The holderCode of the demo licence, which is the principal of the demo delegation. */
export const HOLDER_CODE = '99010019900517003X';
/** The entry of the demo delegation. */
export const DELEGATION_INDEX = 9;

/** Bound to the demo holder. */
export function demoLicence(changes: Partial<Licence> = {}): Licence {
  return { ...staticLicence(), holderKey: HOLDER_KEY.publicKey, ...changes };
}

/** Without a holder key: a code that may be printed. */
export function staticLicence(changes: Partial<Licence> = {}): Licence {
  return {
    iss: 'demo-issuer',
    sub: '1.2.156.3005.2.11100000MB03271699022.990100.000000016.001.W',
    iat: NOW - 30 * DAY,
    nbf: NOW - 30 * DAY,
    exp: NOW + 335 * DAY,
    cti: new Uint8Array(16).fill(0xc1),
    status: { idx: LIST_INDEX, uri: LIST_URI },
    kind: 'medical-insurance',
    fields: new Map<number, string>([
      [1, '张小明'],
      [2, HOLDER_CODE],
      [20, '示例市'],
    ]),
    ...changes,
  };
}

export function demoPresentation(changes: Partial<Presentation> = {}): Presentation {
  return { iat: NOW, cti: new Uint8Array(8).fill(0xc2), ...changes };
}

/** Lets the delegate show medical insurances of the demo holder. */
export function demoDelegation(changes: Partial<Delegation> = {}): Delegation {
  return {
    iss: 'demo-delegations',
    sub: '990100198802290021',
    iat: NOW - DAY,
    nbf: NOW - DAY,
    exp: NOW + DAY,
    cti: new Uint8Array(16).fill(0xc3),
    delegateKey: DELEGATE_KEY.publicKey,
    status: { idx: DELEGATION_INDEX, uri: LIST_URI },
    principal: HOLDER_CODE,
    scope: { kinds: ['medical-insurance'] },
    ...changes,
  };
}

/** COSE bytes of a licence on its own. */
export function licenceCode(licence: Licence = demoLicence(), key: SigningKey = ISSUER_KEY): Uint8Array {
  return issueLicence(licence, key);
}

/** COSE bytes of a licence shown by its holder. */
export function demoCode(
  changes: { readonly licence?: Partial<Licence>; readonly presentation?: Partial<Presentation> } = {},
): Uint8Array {
  const licence = licenceCode(demoLicence(changes.licence));
  return presentLicence(licence, demoPresentation(changes.presentation), HOLDER_KEY);
}

/** COSE bytes of a licence shown by a delegate. */
export function delegatedCode(
  changes: {
    readonly licence?: Partial<Licence>;
    readonly presentation?: Partial<Presentation>;
    readonly delegation?: Partial<Delegation>;
  } = {},
  signers: { readonly delegation?: SigningKey; readonly presentation?: SigningKey } = {},
): Uint8Array {
  return presentLicence(
    licenceCode(demoLicence(changes.licence)),
    demoPresentation(changes.presentation),
    signers.presentation ?? DELEGATE_KEY,
    issueDelegation(demoDelegation(changes.delegation), signers.delegation ?? DELEGATION_KEY),
  );
}

/** A key as `issuers.cbor` admits it: for licences of the demo kind, in its time for a year around now. */
export function admittedKey(key: SigningKey, changes: Partial<IssuerKey> = {}): IssuerKey {
  return {
    kid: key.kid,
    x: key.publicKey,
    nbf: NOW - 180 * DAY,
    exp: NOW + 180 * DAY,
    uses: ['licence'],
    kinds: ['medical-insurance'],
    ...changes,
  };
}

export function demoIssuer(changes: Partial<Issuer> = {}): Issuer {
  return {
    iss: 'demo-issuer',
    names: { zh: '示例市医疗保障局', en: 'Demo Healthcare Security Bureau' },
    keys: [admittedKey(ISSUER_KEY), admittedKey(STATUS_KEY, { uses: ['status'], kinds: [] })],
    statusLists: [{ uri: LIST_URI, entries: LIST_ENTRIES }],
    ...changes,
  };
}

/** The platform that admits delegates; its delegations stand in the demo issuer's list, so that one list is enough. */
export function delegationIssuer(changes: Partial<Issuer> = {}): Issuer {
  return {
    iss: 'demo-delegations',
    names: { zh: '示例市统一认证平台', en: 'Demo Identity Platform' },
    keys: [admittedKey(DELEGATION_KEY, { uses: ['delegation'] })],
    statusLists: [],
    ...changes,
  };
}

export function demoService(changes: Partial<Service> = {}): Service {
  return {
    id: 'medical-insurance',
    names: { zh: '跨市就医结算', en: 'Medical insurance' },
    kinds: ['medical-insurance'],
    holderProof: 'required',
    freshnessSeconds: 60,
    delegation: 'accepted',
    shownFields: [1, 20],
    ...changes,
  };
}

/** One bit per entry, all valid but the entries listed. */
export function demoStatusList(
  revoked: readonly number[] = [],
  changes: Partial<StatusList> = {},
): StatusList {
  const bitmap = new Uint8Array(LIST_ENTRIES / 8);
  for (const idx of revoked) bitmap[idx >> 3] = (bitmap[idx >> 3] ?? 0) | (1 << (idx & 7));
  return { uri: LIST_URI, iat: NOW - 600, exp: NOW + DAY, bits: 1, bitmap, ...changes };
}

/** Trust in these issuers, in its time. */
export function trustIn(...issuers: readonly Issuer[]): NonNullable<VerifyContext['trust']> {
  return { issuers, expires: (NOW + 7 * DAY) * 1000 };
}

/** A trusted clock at `unixSeconds`. */
export function clockAt(unixSeconds: number): VerifyContext['time'] {
  return { trusted: true, unixMs: unixSeconds * 1000, signed: true, signedMs: unixSeconds * 1000 };
}

/** The native verifier alone, because it is fast; what `both` adds is told in ed25519/. */
export function demoContext(changes: Partial<VerifyContext> = {}): VerifyContext {
  return {
    time: clockAt(NOW),
    trust: trustIn(demoIssuer(), delegationIssuer()),
    service: demoService(),
    verifier: nativeVerifier(),
    statusList: (uri) => (uri === LIST_URI ? demoStatusList() : undefined),
    alreadyUsed: () => false,
    ...changes,
  };
}
