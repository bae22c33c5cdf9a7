import { sealAuditBatch } from '../licence/audit/batch.ts';
import { type AuditReceipt, MAX_RECEIPT_BYTES, openAuditReceipt } from '../licence/audit/receipt.ts';
import type { SignatureVerifier } from '../licence/ed25519/signature-verifier.ts';
import type { Trust } from '../licence/trust/trust.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../licence/wire/route.ts';
import type { AuditReader } from '../terminal/store/audit-reader.ts';
import type { SyncStore, Watermark } from '../terminal/store/sync-store.ts';
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

/** Rows the city hasn't acknowledged; of a forked epoch, those it wasn't shown. */
export function unacknowledged(store: SyncStore, reader: AuditReader | undefined): number {
  return (reader?.epochs() ?? []).reduce(
    (sum, { epoch, lastSeq }) => sum + Math.max(0, lastSeq - progress(store, epoch).after),
    0,
  );
}

interface EpochAtHand {
  readonly reader: AuditReader;
  readonly trust: Trust;
  readonly epoch: Uint8Array;
}

/**
 * A gap moves nothing that is stored: the rows the city then names are sent again, and only its word that it has taken
 * them counts. So an old receipt that somebody plays again costs a run and no more.
 */
async function pushEpoch(
  parts: AuditPushParts,
  { reader, trust, epoch }: EpochAtHand,
  signal: AbortSignal,
): Promise<Outcome<number>> {
  const { store, identity } = parts;
  let { after, forked } = progress(store, epoch);
  const watermark = store.watermark(epoch);
  if (watermark && !forked && differs(reader, watermark)) return fork(store, watermark);
  let pushed = 0;
  let gaps = 0;
  for (;;) {
    const next = nextBatch(reader, identity.terminalId, epoch, after);
    if (next.kind === 'drained') return succeeded(pushed);
    if (next.kind === 'rows-missing') return failed('rows-missing', next.detail);
    const floorMs = store.signedTime()?.floorMs;
    const answer = await post(parts, trust, next, signal);
    if (!answer.ok) return answer;
    const { receipt, sealed, kind } = answer.value;
    const gap = kind === 'gap';
    raiseFloor(store, receipt.unixMs, sealed);
    if (!forked && (receipt.forked || differs(reader, receipt))) return fork(store, receipt);
    if (kind === 'fork-full') return failed('fork', 'the city keeps no more rows of this epoch');
    const moved = gap
      ? afterGap(reader, next, receipt)
      : forked
        ? shownBeside(store, next, receipt, floorMs)
        : acknowledged(store, reader, next, receipt);
    if (!moved.ok) return moved;
    after = moved.value;
    if (!gap) pushed += next.batch.rows.length;
    else if (++gaps >= MAX_GAPS_PER_RUN) return failed('no-progress', `${gaps} gaps in a run`);
  }
}

/** Where to go on: after the rows the city has, or, in a forked epoch, after those it was shown. */
function progress(store: SyncStore, epoch: Uint8Array): { after: number; forked: boolean } {
  const watermark = store.watermark(epoch);
  if (watermark?.forked) return { after: store.forkSent(epoch), forked: true };
  return { after: watermark?.seq ?? 0, forked: false };
}

type Position = Pick<Watermark, 'epoch' | 'seq' | 'head'>;

function differs(reader: AuditReader, { epoch, seq, head }: Position): boolean {
  const here = seq === 0 ? undefined : reader.headAt(epoch, seq);
  return here !== undefined && Buffer.compare(here, head) !== 0;
}

/** The terminal begins a new epoch; the next run shows the city every row this one has. */
function fork(store: SyncStore, { epoch, seq, head }: Position): Outcome<never> {
  store.saveWatermark({ epoch, seq, head, forked: true });
  return failed('fork', `other rows under the numbers up to ${seq}`);
}

type Batch = Extract<NextBatch, { kind: 'batch' }>;

/** What comes before a batch is missing at the city: back to where it stands, if those rows are still here. */
function afterGap(reader: AuditReader, { batch }: Batch, { seq }: AuditReceipt): Outcome<number> {
  if (seq >= batch.seq - 1) return failed('no-progress', `a gap before ${batch.seq}, but ${seq} is held`);
  const oldest = reader.rowsAfter(batch.epoch, 0, 1)[0]?.seq ?? batch.seq;
  if (seq < oldest - 1) return failed('rows-missing', `the city has up to ${seq}, here is ${oldest} on`);
  return succeeded(seq);
}

function acknowledged(
  store: SyncStore,
  reader: AuditReader,
  { batch: { epoch }, end }: Batch,
  receipt: AuditReceipt,
): Outcome<number> {
  if (receipt.seq < end) return failed('no-progress', `${receipt.seq} acknowledged after ${end} was sent`);
  const head = reader.headAt(epoch, end);
  // a city that is ahead of this store knows nothing yet of the rows here that it wasn't sent: they may be others
  const unknown = head && !reader.headAt(epoch, receipt.seq) && reader.rowsAfter(epoch, end, 1).length > 0;
  const position = unknown ? { seq: end, head } : { seq: receipt.seq, head: receipt.head };
  store.saveWatermark({ epoch, ...position, forked: false });
  return succeeded(position.seq);
}

/**
 * The city keeps a forked epoch's rows beside its own, so its position says nothing about them. That a receipt isn't an
 * old one shows only in its time.
 *
 * @param floorMs latest time the city had signed before the batch was sent.
 */
function shownBeside(
  store: SyncStore,
  { batch: { epoch }, end }: Batch,
  receipt: AuditReceipt,
  floorMs = 0,
): Outcome<number> {
  if (receipt.unixMs <= floorMs) return failed('no-progress', 'a receipt from before the rows were sent');
  if (!receipt.forked && receipt.seq < end) {
    return failed('no-progress', `${receipt.seq} acknowledged after ${end} was sent`);
  }
  store.saveForkSent(epoch, end);
  return succeeded(end);
}

/** The answers that say, signed, where the city stands; `fork-full` took no row, as it has many beside its own already. */
type AnswerKind = 'taken' | 'gap' | 'fork-full';

function kindOf(answer: Outcome<unknown>): AnswerKind | undefined {
  if (answer.ok) return 'taken';
  if (!('status' in answer.fault)) return undefined;
  const { code } = answer.fault;
  return code === 'gap' || code === 'fork-full' ? code : undefined;
}

async function post(
  parts: AuditPushParts,
  trust: Trust,
  { batch }: Batch,
  signal: AbortSignal,
): Promise<
  Outcome<{ readonly receipt: AuditReceipt; readonly sealed: Uint8Array; readonly kind: AnswerKind }>
> {
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
  const kind = kindOf(answer);
  const sealed = answer.ok ? answer.value.body : kind && 'receipt' in answer.fault && answer.fault.receipt;
  if (!sealed || !kind) return answer.ok ? failed('malformed', 'no receipt') : answer;
  const opened = openAuditReceipt(sealed, cityKeys(trust, 'receipt'), parts.verifier);
  if (!opened.ok) return failed('not-signed', opened.detail);
  const receipt = opened.value;
  if (Buffer.compare(receipt.terminalId, batch.terminalId) !== 0) {
    return failed('wrong-terminal', "another terminal's receipt");
  }
  if (Buffer.compare(receipt.epoch, batch.epoch) !== 0) return failed('malformed', "another epoch's receipt");
  return succeeded({ receipt, sealed, kind });
}

/** A receipt says how late it is at least; how wrong the clock is only a time answer can say. */
function raiseFloor(store: SyncStore, unixMs: number, proof: Uint8Array): void {
  const signed = store.signedTime();
  if (signed) store.saveSignedTime({ offsetMs: signed.offsetMs, floorMs: unixMs }, proof);
}
