import type { Known } from '../../licence/cbor/diagnostic.ts';
import type { Delegation } from '../../licence/delegation.ts';
import { KNOWN_CODE } from '../../licence/inspect/known-code.ts';
import { issueDelegation } from '../../licence/issue/issue-delegation.ts';
import { issueLicence } from '../../licence/issue/issue-licence.ts';
import { issueResolveAnswer } from '../../licence/issue/issue-resolve-answer.ts';
import { issueStatusDelta } from '../../licence/issue/issue-status-delta.ts';
import { presentLicence } from '../../licence/issue/present-licence.ts';
import { encodeIssuers } from '../../licence/trust/issuers.ts';
import {
  BOUND_LICENCE,
  CITY,
  COMPANY_LICENCE,
  DELEGATE,
  EXAMPLE_DELEGATION,
  EXAMPLE_ISSUER,
  EXAMPLE_SERVICE,
  EXAMPLE_TIME,
  filled,
  HOLDER,
  ISSUER,
  LATER_LIST,
  listToken,
  ONE_BIT_LIST,
  STATIC_LICENCE,
  TWO_BIT_LIST,
} from './example-world.ts';
import { KNOWN_DELTA, KNOWN_LIST, knownPresentation, knownResolveAnswer } from './known-objects.ts';

/** An object of the document, with its rule there. */
export interface Example {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Its rule in the document's CDDL. */
  readonly rule: string;
  readonly known: Known;
  /** Whether it is a code, which has a text form. */
  readonly isCode: boolean;
}

const staticLicence = issueLicence(STATIC_LICENCE, ISSUER);
const boundLicence = issueLicence(BOUND_LICENCE, ISSUER);
const delta = issueStatusDelta(ONE_BIT_LIST, LATER_LIST, ISSUER);
if (!delta) throw new Error('the lists of the examples are too far apart for a delta');

/** Id of the request that the resolve answer answers. */
export const REQUEST_ID = filled(16, 0xb3);

/** Every worked example, under the name of its block in the document. */
export const EXAMPLE = {
  issuers: object('issuers', 'issuers', encodeIssuers([EXAMPLE_ISSUER]), {}),
  staticLicence: code('static-licence', 'licence', staticLicence),
  boundLicence: code('bound-licence', 'licence', boundLicence),
  presentation: code(
    'presentation',
    'presentation',
    presentLicence(boundLicence, { iat: EXAMPLE_TIME, cti: filled(8, 0xb1) }, HOLDER),
    knownPresentation('the licence of the example above'),
  ),
  delegated: code('delegated', 'presentation', delegatedCode()),
  oneBitList: object('status-list-1', 'status-list', listToken(ONE_BIT_LIST), KNOWN_LIST),
  twoBitList: object('status-list-2', 'status-list', listToken(TWO_BIT_LIST), KNOWN_LIST),
  delta: object('status-delta', 'status-delta', delta, KNOWN_DELTA),
  resolveAnswer: object(
    'resolve-answer',
    'resolve-answer',
    issueResolveAnswer(
      { requestId: REQUEST_ID, iat: EXAMPLE_TIME, licences: [{ code: boundLicence, state: 'valid' }] },
      CITY,
    ),
    knownResolveAnswer('the holder-bound licence'),
  ),
} satisfies Readonly<Record<string, Example>>;

/** The company's licence, shown by the delegate. */
export function delegatedCode(changes: Partial<Delegation> = {}): Uint8Array {
  return presentLicence(
    issueLicence(COMPANY_LICENCE, ISSUER),
    { iat: EXAMPLE_TIME, cti: filled(8, 0xb2), aud: EXAMPLE_SERVICE.id },
    DELEGATE,
    issueDelegation({ ...EXAMPLE_DELEGATION, ...changes }, ISSUER),
  );
}

function code(name: string, rule: string, bytes: Uint8Array, known: Known = KNOWN_CODE): Example {
  return { name, rule, bytes, known, isCode: true };
}

function object(name: string, rule: string, bytes: Uint8Array, known: Known): Example {
  return { name, rule, bytes, known, isCode: false };
}
