import { toCodeText } from '../../licence/code-text.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { issueLicence } from '../../licence/issue/issue-licence.ts';
import { issueResolveAnswer } from '../../licence/issue/issue-resolve-answer.ts';
import { withBitFlipped } from '../../licence/testing/hex.ts';
import type { Reason, Verdict } from '../../licence/verdict.ts';
import { type VerifyContext, verify, verifyResolved } from '../../licence/verify.ts';
import type { ResolveReason } from '../../licence/wire/resolve-answer.ts';
import { clockAt, exampleContext } from './example-context.ts';
import {
  CITY,
  EXAMPLE_SERVICE,
  EXAMPLE_TIME,
  filled,
  HOLDER,
  ISSUER,
  LIST_2,
  STATIC_LICENCE,
} from './example-world.ts';
import { delegatedCode, EXAMPLE, REQUEST_ID } from './examples.ts';

/** A situation, the reason it was made for, and the verdict it gets. */
export interface ExampleVerdict {
  readonly situation: string;
  readonly expected: Reason;
  readonly verdict: Verdict | undefined;
}

/** The verdicts that the document states, under the name of the example they are about. */
export function exampleVerdicts(verifier: SignatureVerifier): ReadonlyMap<string, readonly ExampleVerdict[]> {
  const { context, oneBitList, laterList } = exampleContext(verifier);
  const judge = (
    situation: string,
    expected: Reason,
    code: Uint8Array,
    changes: Partial<VerifyContext> = {},
  ): ExampleVerdict => ({ situation, expected, verdict: verify(code, { ...context, ...changes }) });

  const fixed = EXAMPLE.staticLicence.bytes;
  const bound = EXAMPLE.boundLicence.bytes;
  const shown = EXAMPLE.presentation.bytes;
  const delegated = EXAMPLE.delegated.bytes;
  return new Map([
    [
      EXAMPLE.staticLicence.name,
      [
        judge('as text', 'accepted', textOf(fixed)),
        judge('as raw bytes', 'accepted', fixed),
        judge('the text with a line feed behind it', 'accepted', Buffer.concat([textOf(fixed), LINE_FEED])),
        judge('the text without its last character', 'malformed', textOf(fixed).subarray(0, -1)),
        judge('the text without its prefix', 'not-a-licence-code', textOf(fixed).subarray(4)),
        judge('signed with the holder’s key', 'key-not-admitted', issueLicence(STATIC_LICENCE, HOLDER)),
        judge('the last bit flipped', 'bad-signature', lastBitFlipped(fixed)),
        judge('one second before `nbf`', 'not-yet-valid', fixed, at(STATIC_LICENCE.nbf - 1)),
        judge('at `exp`', 'expired', fixed, at(STATIC_LICENCE.exp)),
        judge('the clock not trusted', 'clock-untrusted', fixed, { time: { trusted: false } }),
        judge('no trust metadata', 'trust-expired', fixed, { trust: undefined }),
        judge('no such issuer', 'unknown-issuer', fixed, withoutIssuers(context)),
        judge('no status list held', 'status-unavailable', fixed, { statusList: () => undefined }),
        judge('at the `exp` of the list held', 'status-stale', fixed, at(oneBitList.exp)),
        judge('at a service whose `holderProof` is `required`', 'holder-proof-missing', fixed, {
          service: { ...EXAMPLE_SERVICE, holderProof: 'required' },
        }),
        judge('at a service of other kinds', 'wrong-kind', fixed, {
          service: { ...EXAMPLE_SERVICE, kinds: ['medical-insurance'] },
        }),
        judge('at a service with `maxOfflineSeconds` 600, so long after a signed time', 'accepted', fixed, {
          service: OFFLINE_SERVICE,
          time: clockAt(EXAMPLE_TIME, EXAMPLE_TIME - 600),
        }),
        judge('there, 601 seconds after it', 'needs-network', fixed, {
          service: OFFLINE_SERVICE,
          time: clockAt(EXAMPLE_TIME, EXAMPLE_TIME - 601),
        }),
      ],
    ],
    [EXAMPLE.boundLicence.name, [judge('without a presentation', 'holder-proof-missing', bound)]],
    [
      EXAMPLE.presentation.name,
      [
        judge('at its `iat`', 'accepted', textOf(shown)),
        judge('60 seconds later', 'accepted', shown, at(EXAMPLE_TIME + 60)),
        judge('61 seconds later', 'code-expired', shown, at(EXAMPLE_TIME + 61)),
        judge('61 seconds before its `iat`', 'code-expired', shown, at(EXAMPLE_TIME - 61)),
        judge('61 seconds later, no time signed by the city yet', 'clock-untrusted', shown, {
          time: clockAt(EXAMPLE_TIME + 61, 'never'),
        }),
        judge('accepted before', 'code-replayed', shown, { alreadyUsed: () => true }),
        judge('the last bit flipped', 'holder-proof-invalid', lastBitFlipped(shown)),
      ],
    ],
    [
      EXAMPLE.delegated.name,
      [
        judge('at its `iat`', 'accepted', textOf(delegated)),
        judge('at a service of another `id` than its `aud`', 'holder-proof-invalid', delegated, {
          service: { ...EXAMPLE_SERVICE, id: 'another-counter' },
        }),
        judge('entry 10 of the list set', 'delegation-invalid', delegated, {
          statusList: () => ({ ...oneBitList, bitmap: Uint8Array.of(0xb9, 0xa7) }),
        }),
        judge('`principal` is another', 'delegation-invalid', delegatedCode({ principal: 'somebody' })),
        judge('`exp` of the delegation is now', 'delegation-expired', delegatedCode({ exp: EXAMPLE_TIME })),
        judge('`scope` has other kinds', 'delegation-out-of-scope', delegatedCode({ scope: OTHER_KINDS })),
        judge('at a service that takes no delegation', 'refused-by-service', delegated, {
          service: { ...EXAMPLE_SERVICE, delegation: 'refused' },
        }),
      ],
    ],
    [
      EXAMPLE.twoBitList.name,
      LIST_2_ENTRIES.map(([idx, expected]) =>
        judge(`the static licence, issued with \`idx\` ${idx} of this list`, expected, inListTwo(idx)),
      ),
    ],
    [
      EXAMPLE.delta.name,
      [
        judge('the presentation, before the delta', 'accepted', shown),
        judge('the presentation, after it', 'revoked', shown, { statusList: () => laterList }),
      ],
    ],
    [
      EXAMPLE.resolveAnswer.name,
      [
        ...resolveVerdicts(context),
        judge('shown as if it were a code', 'unsupported', EXAMPLE.resolveAnswer.bytes),
      ],
    ],
  ]);
}

const OFFLINE_SERVICE = { ...EXAMPLE_SERVICE, maxOfflineSeconds: 600 };
const OTHER_KINDS = { kinds: ['construction-permit'] };

/** What each value of two bits means; 12 is past the end. */
const LIST_2_ENTRIES: readonly (readonly [number, Reason])[] = [
  [2, 'accepted'],
  [0, 'revoked'],
  [1, 'suspended'],
  [3, 'status-unavailable'],
  [12, 'status-unavailable'],
];

function resolveVerdicts(context: VerifyContext): readonly ExampleVerdict[] {
  const judge = (situation: string, expected: Reason, answer: Uint8Array, requestId = REQUEST_ID) => ({
    situation,
    expected,
    verdict: verifyResolved({ answer, requestId, cityKeys: [CITY.publicKey] }, context),
  });
  const none = (reason: ResolveReason) =>
    issueResolveAnswer({ requestId: REQUEST_ID, iat: EXAMPLE_TIME, reason }, CITY);
  return [
    judge('to the request it answers', 'accepted', EXAMPLE.resolveAnswer.bytes),
    judge('to another request', 'city-error', EXAMPLE.resolveAnswer.bytes, filled(16, 0xb4)),
    judge('an answer with reason `unknown`', 'not-a-licence-code', none('unknown')),
    judge('with reason `expired`', 'code-expired', none('expired')),
    judge('with reason `refused`', 'refused-by-service', none('refused')),
    judge('with reason `unavailable`', 'city-unavailable', none('unavailable')),
  ];
}

const LINE_FEED = Uint8Array.of(0x0a);

function textOf(code: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.from(toCodeText(code), 'latin1'));
}

function at(unixSeconds: number): Partial<VerifyContext> {
  return { time: clockAt(unixSeconds) };
}

function withoutIssuers({ trust }: VerifyContext): Partial<VerifyContext> {
  return { trust: trust && { ...trust, issuers: [] } };
}

function inListTwo(idx: number): Uint8Array {
  return issueLicence({ ...STATIC_LICENCE, status: { idx, uri: LIST_2 } }, ISSUER);
}

/** The signature comes last. */
function lastBitFlipped(code: Uint8Array): Uint8Array {
  return withBitFlipped(code, code.length * 8 - 1);
}
