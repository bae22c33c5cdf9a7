import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { applyStatusDelta } from '../../licence/status/apply-status-delta.ts';
import { openStatusDelta } from '../../licence/status/status-delta.ts';
import { openStatusList, type StatusList } from '../../licence/status/status-list.ts';
import { type Issuer, parseIssuers } from '../../licence/trust/issuers.ts';
import type { VerifyContext } from '../../licence/verify.ts';
import { DAY, EXAMPLE_SERVICE, EXAMPLE_TIME, LIST_1, LIST_2 } from './example-world.ts';
import { EXAMPLE, type Example } from './examples.ts';

/** What a verifier holds once it has read the examples that come before the codes. */
export interface ExampleContext {
  readonly context: VerifyContext;
  readonly oneBitList: StatusList;
  /** What the delta makes of it. */
  readonly laterList: StatusList;
}

/** Reads issuers, lists and delta from their bytes. @throws where one doesn't hold: the example is wrong. */
export function exampleContext(verifier: SignatureVerifier): ExampleContext {
  const issuers = parseIssuers(EXAMPLE.issuers.bytes);
  if (typeof issuers === 'string') throw new Error(issuers);
  const oneBitList = opened(EXAMPLE.oneBitList, LIST_1, issuers, verifier);
  const twoBitList = opened(EXAMPLE.twoBitList, LIST_2, issuers, verifier);
  const lists = new Map([oneBitList, twoBitList].map((list) => [list.uri, list]));
  return {
    oneBitList,
    laterList: laterList(oneBitList, issuers, verifier),
    context: {
      time: clockAt(EXAMPLE_TIME),
      trust: { issuers, expires: (EXAMPLE_TIME + 400 * DAY) * 1000 },
      service: EXAMPLE_SERVICE,
      verifier,
      statusList: (uri) => lists.get(uri),
      alreadyUsed: () => false,
    },
  };
}

/** A trusted clock. @param unixSeconds what it says. @param signedAt when the city last signed a time, unix seconds. */
export function clockAt(
  unixSeconds: number,
  signedAt: number | 'never' = unixSeconds,
): VerifyContext['time'] {
  const unixMs = unixSeconds * 1000;
  return signedAt === 'never'
    ? { trusted: true, unixMs, signed: false }
    : { trusted: true, unixMs, signed: true, signedMs: signedAt * 1000 };
}

function opened(
  { name, bytes }: Example,
  uri: string,
  issuers: readonly Issuer[],
  verifier: SignatureVerifier,
): StatusList {
  const list = openStatusList(bytes, uri, issuers, verifier);
  if (!list.ok) throw new Error(`${name}: ${list.detail}`);
  return list.list;
}

function laterList(held: StatusList, issuers: readonly Issuer[], verifier: SignatureVerifier): StatusList {
  const delta = openStatusDelta(EXAMPLE.delta.bytes, held.uri, issuers, verifier);
  if (!delta.ok) throw new Error(`delta: ${delta.detail}`);
  const applied = applyStatusDelta(held, delta.value);
  if (applied.outcome !== 'applied') throw new Error(`delta: ${applied.fault}`);
  return applied.list;
}
