import { sealAuditBatch } from '../licence/audit/batch.ts';
import { type AuditReceipt, MAX_RECEIPT_BYTES, openAuditReceipt } from '../licence/audit/receipt.ts';
import type { SignatureVerifier } from '../licence/ed25519/signature-verifier.ts';
import type { Trust } from '../licence/trust/trust.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../licence/wire/route.ts';
import type { AuditReader } from '../terminal/store/audit-reader.ts';
import type { SyncStore } from '../terminal/store/sync-store.ts';
import { type NextBatch, nextBatch } from './audit-batch.ts';
import type { CityClient } from './city-client.ts';
import { cityKeys } from './city-keys-for.ts';
import { type Fault, failed, type Outcome, stopsRun, succeeded } from './fault.ts';
import type { Identity } from './identity.ts';

/** Positions a city may name in one run of an epoch before it is left alone until the next. */
export const MAX_GAPS_PER_RUN = 3;

export interface AuditPushParts {
  readonly store: SyncStore;
  readonly reader: () => AuditReader | undefined;
  readonly client: CityClient;
  readonly verifier: SignatureVerifier;
  readonly identity: Identity;
  readonly trust: () => Trust | undefined;
}

/**
 * Pushes every row the city doesn't have, epoch by epoch, oldest first. The watermark is written only after the city's
 * signed word, and the city takes rows it has again without a second effect: so whatever instant this is killed at, a
 * row counts once. An epoch that is refused holds up no other. @returns how many rows were acknowledged.
 */
export async function pushAudit(parts: AuditPushParts, signal: AbortSignal): Promise<Outcome<number>> {
  const reader = parts.reader();
  if (!reader) return succeeded(0);
  const trust = parts.trust();
  if (!trust) return failed('no-trust', 'no keys to check receipts with');
  let pushed = 0;
  let fault: Fault | undefined;
  for (const { epoch } of reader.epochs()) {
    const outcome = await pushEpoch(parts, { reader, trust, epoch }, signal);
    if (outcome.ok) pushed += outcome.value;
    else {
      fault ??= outcome.fault;
      if (stopsRun(outcome.fault)) break;
    }
  }
  return fault ? { ok: false, fault } : succeeded(pushed);
}

/** Rows the city hasn't acknowledged. */
export function unacknowledged(store: SyncStore, reader: AuditReader | undefined): number {
  return (reader?.epochs() ?? []).reduce(
    (sum, { epoch, lastSeq }) => sum + Math.max(0, lastSeq - (store.watermark(epoch)?.seq ?? 0)),
    0,
  );
}

interface EpochAtHand {
  readonly reader: AuditReader;
  readonly trust: Trust;
  readonly epoch: Uint8Array;
}

async function pushEpoch(
  parts: AuditPushParts,
  { reader, trust, epoch }: EpochAtHand,
  signal: AbortSignal,
): Promise<Outcome<number>> {
  let pushed = 0;
  let gaps = 0;
  for (;;) {
    const next = nextBatch(reader, parts.identity.terminalId, epoch, parts.store.watermark(epoch));
    if (next.kind === 'drained') return succeeded(pushed);
    if (next.kind === 'rows-missing') return failed('rows-missing', next.detail);
    const answer = await post(parts, trust, next, signal);
    if (!answer.ok) return answer;
    const { receipt, gap } = answer.value;
    const fault = refused(receipt, next, gap);
    if (fault) return fault;
    const here = receipt.seq === 0 ? undefined : reader.headAt(epoch, receipt.seq);
    const differs = here !== undefined && Buffer.compare(here, receipt.head) !== 0;
    const forked = receipt.forked || differs || next.diverged;
    parts.store.saveWatermark({ epoch, seq: receipt.seq, head: receipt.head, forked });
    raiseFloor(parts.store, receipt.unixMs);
    if (forked) return failed('fork', `other rows under the numbers up to ${receipt.seq}`);
    if (gap && ++gaps >= MAX_GAPS_PER_RUN) return failed('no-progress', `${gaps} gaps in a row`);
    if (!gap) {
      gaps = 0;
      pushed += next.batch.rows.length;
    }
  }
}

type Batch = Extract<NextBatch, { kind: 'batch' }>;

/** A receipt that is signed but can't belong to this push: an old one played again, or a city that stands still. */
function refused(receipt: AuditReceipt, { batch, after, diverged }: Batch, gap: boolean) {
  if (receipt.forked || diverged) return undefined;
  if (gap ? receipt.seq !== after : receipt.seq >= after + batch.rows.length) return undefined;
  return failed('no-progress', `${receipt.seq} acknowledged after rows ${after + 1} on were sent`);
}

async function post(
  parts: AuditPushParts,
  trust: Trust,
  { batch }: Batch,
  signal: AbortSignal,
): Promise<Outcome<{ readonly receipt: AuditReceipt; readonly gap: boolean }>> {
  const answer = await parts.client.send(
    {
      method: 'POST',
      path: ROUTE.audit,
      accept: [COSE_MEDIA_TYPE],
      maxBytes: MAX_RECEIPT_BYTES,
      body: { type: COSE_MEDIA_TYPE, bytes: sealAuditBatch(batch, parts.identity.key) },
    },
    signal,
  );
  const gap = !answer.ok && 'status' in answer.fault && answer.fault.code === 'gap';
  const sealed = answer.ok ? answer.value.body : gap ? answer.fault.receipt : null;
  if (!sealed) return answer.ok ? failed('malformed', 'no receipt') : answer;
  const opened = openAuditReceipt(sealed, cityKeys(trust, 'receipt'), parts.verifier);
  if (!opened.ok) return failed('not-signed', opened.detail);
  const receipt = opened.value;
  if (Buffer.compare(receipt.terminalId, batch.terminalId) !== 0) {
    return failed('wrong-terminal', "another terminal's receipt");
  }
  if (Buffer.compare(receipt.epoch, batch.epoch) !== 0) return failed('malformed', "another epoch's receipt");
  return succeeded({ receipt, gap });
}

/** A receipt says how late it is at least; how wrong the clock is only a time answer can say. */
function raiseFloor(store: SyncStore, unixMs: number): void {
  const signed = store.signedTime();
  if (signed) store.saveSignedTime({ offsetMs: signed.offsetMs, floorMs: unixMs });
}
