import { createHash } from 'node:crypto';
import { encodeCbor } from '../../licence/cbor/encode.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import type { Alarm } from '../../licence/verdict.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { CityKnowledge } from './city-knowledge.ts';
import type { Clock } from './clock.ts';
import type { HeldVerdict } from './held-verdict.ts';
import { type CodeToJudge, type Judged, judgeLookUp, judgeScan, type LookUpQuery } from './judge-scan.ts';
import type { Recorder } from './recorder.ts';
import type { Resolver } from './resolver.ts';
import { shownLicence } from './shown-licence.ts';
import { Turns } from './turns.ts';
import { verificationEvent } from './verification-event.ts';

/** What the pipeline needs of a scan; `drivers/scanner.ts` has the whole. */
export interface ScannedCode extends CodeToJudge {
  readonly device: string;
  /** monotonic ms */
  readonly receivedAt: number;
}

/** Scans waiting while one is being judged. A person can't fill it; a scanner gone mad can, and loses the rest. */
export const MAX_WAITING_SCANS = 8;

/** What stands as the device in the row of a licence that was looked up. */
export const LOOK_UP_DEVICE = 'look-up';

export type PipelineOutput =
  /** Something is being judged. */
  | { readonly type: 'scanned' }
  | {
      readonly type: 'verdict';
      readonly verdict: HeldVerdict;
      readonly service: Service | undefined;
      /** From the last byte to the durable row, ms. */
      readonly tookMs: number;
    }
  /** The verdicts on what a look-up found, at least one. */
  | {
      readonly type: 'choices';
      readonly verdicts: readonly HeldVerdict[];
      readonly service: Service | undefined;
    }
  /** The verdict could not be made durable, so nobody is told it. */
  | { readonly type: 'store-failed'; readonly error: Error };

/** What became of one scan. */
export type ScanEnd =
  | Exclude<PipelineOutput, { readonly type: 'scanned' }>
  /** The very bytes whose verdict still shows: a phone held still is no screenshot. */
  | { readonly type: 'ignored' }
  /** Too many waited. */
  | { readonly type: 'dropped' }
  /** Service ended while it waited: nobody would be told, so nothing was judged and no proof used up. */
  | { readonly type: 'out-of-service' };

/**
 * The straight way of a scan: bytes → verdict → durable audit row → screen. One at a time, in order; the row is on
 * disk before `emit` tells anyone.
 */
export class Pipeline {
  readonly #parts: PipelineParts;
  readonly #turns = new Turns();
  #number = 0;
  /** Which code the verdict now on screen belongs to; a hash, since raw codes aren't kept. */
  #shown: string | undefined;
  #dropped = 0;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  /** Scans dropped because too many waited. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a scan. Resolves with what became of this very one, after everyone was told. */
  receive(scan: ScannedCode): Promise<ScanEnd> {
    return this.#inTurn(() => this.#judge(scan));
  }

  /** Asks the city for the licences of a number. @param staff who asks. */
  lookUp(query: LookUpQuery, staff: string): Promise<ScanEnd> {
    return this.#inTurn(async () => {
      if (!this.#parts.inService()) return { type: 'out-of-service' };
      this.#shown = undefined;
      this.#parts.emit({ type: 'scanned' });
      return this.#tell(await this.#found(query, staff));
    });
  }

  /** Resolves when every scan taken has been judged and written. */
  async idle(): Promise<void> {
    await this.#turns.idle();
  }

  #inTurn(work: () => Promise<ScanEnd>): Promise<ScanEnd> {
    if (this.#turns.waiting >= MAX_WAITING_SCANS) {
      this.#dropped += 1;
      return Promise.resolve({ type: 'dropped' });
    }
    return this.#turns.take(work);
  }

  async #judge(scan: ScannedCode): Promise<ScanEnd> {
    if (!this.#parts.inService()) return { type: 'out-of-service' };
    const code = digest(scan.bytes);
    if (this.#parts.verdictShowing() && this.#shown === code) return { type: 'ignored' };
    this.#shown = code;
    this.#parts.emit({ type: 'scanned' });
    return this.#tell(await this.#outcome(scan));
  }

  #tell(end: Told): Told {
    this.#parts.emit(end);
    return end;
  }

  #outcome(scan: ScannedCode): Promise<Told> {
    return orStoreFailed(async () => {
      const judged = await judgeScan(scan, this.#judgeParts());
      const verdict = await this.#recorded(judged, scan.device, scan.receivedAt);
      return { type: 'verdict', verdict, service: judged.service, tookMs: verdict.shownAt - scan.receivedAt };
    });
  }

  #found(query: LookUpQuery, staff: string): Promise<Told> {
    const askedAt = this.#parts.clock.monotonic();
    return orStoreFailed(async () => {
      const judged = await judgeLookUp(query, this.#judgeParts());
      await this.#recordLookUp(query, staff, judged);
      const verdicts: HeldVerdict[] = [];
      for (const one of judged) verdicts.push(await this.#recorded(one, LOOK_UP_DEVICE, askedAt));
      const service = judged[0]?.service;
      // also of a single one: what staff asked for is shown to staff alone
      return { type: 'choices', verdicts, service };
    });
  }

  /** The verdict as it may be told: its row is on disk. @throws the store's error. */
  async #recorded(judged: Judged, device: string, receivedAt: number): Promise<HeldVerdict> {
    const { knowledge, clock, recorder } = this.#parts;
    const { verdict, service } = judged;
    const { trust } = knowledge;
    const event = verificationEvent({
      ...judged,
      device,
      tookMs: clock.monotonic() - receivedAt,
      trustVersion: trust?.versions.targets ?? 0,
    });
    const proof = verdict.outcome === 'accepted' ? verdict.holderProof : undefined;
    const audit = await recorder.record('verification', event.public, event.personal, proof);
    if ('alarm' in verdict && verdict.alarm) this.#parts.onAlarm(verdict.alarm);
    const licence = trust && service ? shownLicence(verdict, service, trust) : undefined;
    this.#number += 1;
    return {
      number: this.#number,
      at: knowledge.estimatedTime(),
      shownAt: clock.monotonic(),
      outcome: verdict.outcome,
      reason: verdict.reason,
      audit,
      ...(device === LOOK_UP_DEVICE ? { lookedUp: true } : {}),
      ...(licence ? { licence } : {}),
      ...(verdict.outcome === 'accepted' ? { held: verdict } : {}),
    };
  }

  async #recordLookUp({ type, value }: LookUpQuery, staff: string, judged: readonly Judged[]): Promise<void> {
    const licences = judged.filter(({ verdict }) => verdict.licence);
    const [first] = judged;
    await this.#parts.recorder.record(
      'look-up',
      {
        service: this.#parts.serviceId(),
        by: type,
        found: licences.length,
        outcome: licences.length > 0 ? 'answered' : (first?.verdict.reason ?? 'city-error'),
        staff,
      },
      encodeCbor(new Map([['number', value]])),
    );
  }

  #judgeParts() {
    const { knowledge, verifier, resolver, audit, serviceId } = this.#parts;
    const alreadyUsed = (hash: Uint8Array) => audit.alreadyUsed(hash);
    return { knowledge, verifier, resolver, alreadyUsed, serviceId: serviceId() };
  }
}

interface PipelineParts {
  readonly knowledge: CityKnowledge;
  readonly verifier: SignatureVerifier;
  readonly resolver: Resolver;
  /** The replay memory. */
  readonly audit: Pick<AuditStore, 'alreadyUsed'>;
  readonly recorder: Pick<Recorder, 'record'>;
  readonly clock: Clock;
  /** The service now chosen at this terminal. */
  readonly serviceId: () => string;
  /** Whether somebody would be told a verdict. */
  readonly inService: () => boolean;
  /** Whether the last verdict is still on the screen. */
  readonly verdictShowing: () => boolean;
  readonly emit: (output: PipelineOutput) => void;
  /** Something about a verdict that an operator must look into. */
  readonly onAlarm: (alarm: Alarm) => void;
}

type Told = Exclude<PipelineOutput, { readonly type: 'scanned' }>;

/** Judging reads the replay memory, so it can fail as writing can. */
async function orStoreFailed(work: () => Promise<Told>): Promise<Told> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { type: 'store-failed', error };
  }
}

function digest(bytes: ScannedCode['bytes']): string {
  return createHash('sha256').update(bytes).digest('base64');
}
