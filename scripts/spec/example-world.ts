import type { Licence } from '../../licence/claims.ts';
import type { Delegation } from '../../licence/delegation.ts';
import { issueStatusList } from '../../licence/issue/issue-status-list.ts';
import { type SigningKey, signingKeyFromSeed } from '../../licence/issue/signing-key.ts';
import type { StatusList } from '../../licence/status/status-list.ts';
import { rfc8032Vectors } from '../../licence/testing/ed25519-vectors.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import type { Issuer } from '../../licence/trust/issuers.ts';

/*
 * The world of the worked examples: everything a stranger needs to make every byte of them again. Division 990100 and
 * everybody in it are invented.
 */

/** When the examples are shown, unix seconds. */
export const EXAMPLE_TIME = 1_790_000_000;
export const DAY = 86_400;

const [test1, test2, test3, testSha] = rfc8032Vectors();

export const ISSUER = signingKeyFromSeed(test1.seed);
export const HOLDER = signingKeyFromSeed(test2.seed);
export const DELEGATE = signingKeyFromSeed(test3.seed);
export const CITY = signingKeyFromSeed(testSha.seed);

interface ExampleKey {
  readonly role: string;
  /** Name of the test of RFC 8032 §7.1 whose seed it has. */
  readonly vector: string;
  readonly key: SigningKey;
}

export const EXAMPLE_KEYS: readonly ExampleKey[] = [
  { role: 'issuer', vector: test1.name, key: ISSUER },
  { role: 'holder', vector: test2.name, key: HOLDER },
  { role: 'delegate', vector: test3.name, key: DELEGATE },
  { role: 'city', vector: testSha.name, key: CITY },
];

export const LIST_1 = 'urn:example:990100:status:1';
export const LIST_2 = 'urn:example:990100:status:2';

/** One authority with one key for everything; a real city has several, with a key for each use. */
export const EXAMPLE_ISSUER: Issuer = {
  iss: 'urn:example:990100:authority',
  names: { zh: '示范市', en: 'Example City' },
  keys: [
    {
      kid: ISSUER.kid,
      x: ISSUER.publicKey,
      nbf: EXAMPLE_TIME - 300 * DAY,
      exp: EXAMPLE_TIME + 300 * DAY,
      uses: ['licence', 'delegation', 'status'],
      kinds: ['business-licence', 'construction-permit', 'medical-insurance'],
    },
  ],
  statusLists: [
    { uri: LIST_1, entries: 16 },
    { uri: LIST_2, entries: 12 },
  ],
};

export const EXAMPLE_SERVICE: Service = {
  id: 'example-counter',
  names: { zh: '示范窗口', en: 'Example counter' },
  kinds: ['business-licence', 'construction-permit', 'medical-insurance'],
  holderProof: 'if-bound',
  freshnessSeconds: 60,
  delegation: 'accepted',
  shownFields: [1, 4],
};

/** 统一社会信用代码 of a company that doesn't exist. */
const COMPANY = '91990100MA00EX011F';

/** Posted at a building site: no holder key, so anybody may show it. */
export const STATIC_LICENCE: Licence = {
  ...times(30, 335),
  iss: EXAMPLE_ISSUER.iss,
  sub: '1.2.156.3005.2.11100000000013338W011.990100.000000017.001.J',
  cti: filled(16, 0xa1),
  status: { idx: 2, uri: LIST_1 },
  kind: 'construction-permit',
  fields: new Map<number, string>([
    [1, '示范建设有限公司'],
    [2, COMPANY],
    [3, '001'],
    [4, '建筑工程施工许可证'],
    [7, '2026-08-22'],
  ]),
};

/** On the phone of the person it is about. */
export const BOUND_LICENCE: Licence = {
  ...times(30, 335),
  iss: EXAMPLE_ISSUER.iss,
  sub: '1.2.156.3005.2.11100000MB03271699022.990100.000000016.001.W',
  cti: filled(16, 0xa2),
  holderKey: HOLDER.publicKey,
  status: { idx: 1, uri: LIST_1 },
  kind: 'medical-insurance',
  fields: new Map<number, string>([
    [1, '张小明'],
    [2, '99010019900517003X'],
    [3, '111'],
    [4, '医保电子凭证'],
  ]),
};

/** A company's, bound to a key of the company, and shown by somebody else under the delegation. */
export const COMPANY_LICENCE: Licence = {
  ...times(30, 335),
  iss: EXAMPLE_ISSUER.iss,
  sub: '1.2.156.3005.2.11100000000013338W032.990100.000000018.001.A',
  cti: filled(16, 0xa3),
  holderKey: HOLDER.publicKey,
  status: { idx: 6, uri: LIST_1 },
  kind: 'business-licence',
  fields: new Map<number, string>([
    [1, '示范建设有限公司'],
    [2, COMPANY],
  ]),
};

export const EXAMPLE_DELEGATION: Delegation = {
  ...times(1, 30),
  iss: EXAMPLE_ISSUER.iss,
  sub: '990100198802290021',
  cti: filled(16, 0xa4),
  delegateKey: DELEGATE.publicKey,
  status: { idx: 10, uri: LIST_1 },
  principal: COMPANY,
  scope: { kinds: ['business-licence'], services: [EXAMPLE_SERVICE.id] },
};

/** The bits of the standard's own example (its §4.1). */
export const ONE_BIT_LIST: StatusList = {
  uri: LIST_1,
  iat: EXAMPLE_TIME - 600,
  exp: EXAMPLE_TIME + DAY,
  ttl: 3600,
  bits: 1,
  bitmap: Uint8Array.of(0xb9, 0xa3),
};

/** The standard's example of two bits: 1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3. */
export const TWO_BIT_LIST: StatusList = {
  uri: LIST_2,
  iat: EXAMPLE_TIME - 600,
  exp: EXAMPLE_TIME + DAY,
  bits: 2,
  bitmap: Uint8Array.of(0xc9, 0x44, 0xf9),
};

/** Five minutes later entry 1, the bound licence, is revoked, and entry 0 is cleared. */
export const LATER_LIST: StatusList = {
  ...ONE_BIT_LIST,
  iat: EXAMPLE_TIME - 300,
  exp: EXAMPLE_TIME + DAY + 300,
  bitmap: Uint8Array.of(0xba, 0xa3),
};

export function listToken(list: StatusList): Uint8Array {
  return issueStatusList(list, ISSUER);
}

export function filled(length: number, byte: number): Uint8Array {
  return new Uint8Array(length).fill(byte);
}

function times(daysBefore: number, daysAfter: number) {
  const from = EXAMPLE_TIME - daysBefore * DAY;
  return { iat: from, nbf: from, exp: EXAMPLE_TIME + daysAfter * DAY };
}
