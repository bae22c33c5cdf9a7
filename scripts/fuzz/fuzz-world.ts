import type { SigningKey } from '../../licence/issue/signing-key.ts';
import type { StatusList } from '../../licence/status/status-list.ts';
import {
  admittedKey,
  DAY,
  DELEGATE_KEY,
  DELEGATION_KEY,
  delegationIssuer,
  demoIssuer,
  demoKey,
  demoService,
  demoStatusList,
  HOLDER_KEY,
  ISSUER_KEY,
  LIST_ENTRIES,
  LIST_URI,
  NOW,
  STATUS_KEY,
} from '../../licence/testing/demo-issuer.ts';

/*
 * The demo world, with a few more temptations: a second key of the same kid that may sign another kind only, a list of
 * two bits, a list past its time, revoked neighbours. `LAWFUL` says the same once more, as the oracles read it.
 */

/** Admitted for driving licences only, under the kid of the issuer's key. */
export const SECOND_KEY = demoKey('second');
export const OTHER_KIND = 'driving-licence';
export const TERMINAL_KEY = demoKey('terminal');
export const CITY_KEY = demoKey('receipts');
export const RESOLVER_KEY = demoKey('resolver');

/** Every key whose private half exists here; the last is admitted nowhere. */
export const KEYRING: readonly SigningKey[] = [
  ISSUER_KEY,
  SECOND_KEY,
  STATUS_KEY,
  HOLDER_KEY,
  DELEGATION_KEY,
  DELEGATE_KEY,
  TERMINAL_KEY,
  CITY_KEY,
  RESOLVER_KEY,
  demoKey('thief'),
];

export const ISSUERS = [
  demoIssuer({
    keys: [...demoIssuer().keys, admittedKey(SECOND_KEY, { kid: ISSUER_KEY.kid, kinds: [OTHER_KIND] })],
  }),
  delegationIssuer(),
] as const;

/** One bit. */
const REVOKED = [0, 1, 3, 6, 8, 10, 13, 255, 256, 1023];
export const TWO_BIT_URI = 'urn:demo:status:2';
export const STALE_URI = 'urn:demo:status:old';
/** In the list of two bits: entry 7 suspended, 8 revoked, 9 a state nobody has named. */
const TWO_BITS = new Uint8Array(LIST_ENTRIES / 4);
TWO_BITS[1] = 0b1000_0000;
TWO_BITS[2] = 0b0000_1101;

export const LISTS: ReadonlyMap<string, StatusList> = new Map([
  [LIST_URI, demoStatusList(REVOKED)],
  [TWO_BIT_URI, { ...demoStatusList(), uri: TWO_BIT_URI, bits: 2, bitmap: TWO_BITS }],
  [STALE_URI, { ...demoStatusList(), uri: STALE_URI, exp: NOW - DAY }],
]);

export const SERVICE = demoService();
/** Where a static code is enough. */
export const LENIENT_SERVICE = demoService({ holderProof: 'if-bound' });

/** Who may have signed which kind of licence, and which entries count as valid. */
export const LAWFUL = {
  licenceKeys: [
    { key: ISSUER_KEY, kind: 'medical-insurance' },
    { key: SECOND_KEY, kind: OTHER_KIND },
  ],
  signedFrom: NOW - 180 * DAY,
  signedUntil: NOW + 180 * DAY,
  isValid: (uri: string | undefined, idx: number | undefined) => {
    if (idx === undefined || idx < 0 || idx >= LIST_ENTRIES) return false;
    if (uri === LIST_URI) return !REVOKED.includes(idx);
    return uri === TWO_BIT_URI && ![7, 8, 9].includes(idx);
  },
} as const;
