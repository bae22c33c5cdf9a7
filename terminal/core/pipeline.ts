import { createHash } from 'node:crypto';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import type { Alarm } from '../../licence/verdict.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { CityKnowledge } from './city-knowledge.ts';
import type { Clock } from './clock.ts';
import { type CodeToJudge, type Judged, judgeScan } from './judge-scan.ts';
import type { Resolver } from './resolver.ts';
import type { ShownVerdict } from './session.ts';
import { shownLicence } from './shown-licence.ts';
import { verificationEvent } from './verification-event.ts';

/** What the pipeline needs of a scan; `drivers/scanner.ts` has the whole. */
export interface ScannedCode extends CodeToJudge {
  readonly device: string;
  /** monotonic ms */
  readonly receivedAt: number;
}

/** Scans waiting while one is being judged. A person can't fill it; a scanner gone mad can, and loses the rest. */
export const MAX_WAITING_SCANS = 8;

export type PipelineOutput =
  | { readonly type: 'scanned' }
  | { readonly type: 'verdict'; readonly verdict: ShownVerdict }
  /** The verdict could not be made durable, so nobody is told it. */
  | { readonly type: 'store-failed'; readonly error: Error };

/** What became of one scan. */
export type ScanEnd =
  | Exclude<PipelineOutput, { readonly type: 'scanned' }>
  /** The very bytes whose verdict still shows: a phone held still is no screenshot. */
  | { readonly type: 'ignored' }
  /** Too many waited. */
  | { readonly type: 'dropped' };

/**
 * The straight way of a scan: bytes → verdict → durable audit row → screen. One at a time, in order; the row is on
 * disk before `emit` tells anyone.
 */
export class Pipeline {
  readonly #parts: PipelineParts;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
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
    if (this.#waiting >= MAX_WAITING_SCANS) {
      this.#dropped += 1;
      return Promise.resolve({ type: 'dropped' });
    }
    this.#waiting += 1;
    const end = this.#last
      .then(() => this.#judge(scan))
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#last = end.catch(() => undefined); // told to whoever waits for this scan; the next one goes on
    return end;
  }

  /** Resolves when every scan taken has been judged and written. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #judge(scan: ScannedCode): Promise<ScanEnd> {
    const code = digest(scan.bytes);
    if (this.#parts.verdictShowing() && this.#shown === code) return { type: 'ignored' };
    this.#shown = code;
    this.#parts.emit({ type: 'scanned' });
    const end = await this.#outcome(scan);
    this.#parts.emit(end);
    return end;
  }

  async #outcome(scan: ScannedCode): Promise<Extract<ScanEnd, PipelineOutput>> {
    let judged: Judged;
    try {
      judged = await this.#verdictOn(scan); // reads the replay memory, so it can fail as writing can
      await this.#record(scan, judged);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { type: 'store-failed', error };
    }
    const { verdict, service } = judged;
    if ('alarm' in verdict && verdict.alarm) this.#parts.onAlarm(verdict.alarm);
    const { trust } = this.#parts.knowledge;
    const licence = trust && service ? shownLicence(verdict, service, trust) : undefined;
    this.#number += 1;
    return {
      type: 'verdict',
      verdict: {
        number: this.#number,
        at: this.#parts.knowledge.estimatedTime(),
        shownAt: this.#parts.clock.monotonic(),
        outcome: verdict.outcome,
        reason: verdict.reason,
        ...(licence ? { licence } : {}),
      },
    };
  }

  #verdictOn(scan: ScannedCode): Promise<Judged> {
    const { knowledge, verifier, resolver, audit, serviceId } = this.#parts;
    const alreadyUsed = (hash: Uint8Array) => audit.alreadyUsed(hash);
    return judgeScan(scan, { knowledge, verifier, resolver, alreadyUsed, serviceId: serviceId() });
  }

  async #record(scan: ScannedCode, judged: Judged): Promise<void> {
    const { audit, clock, knowledge } = this.#parts;
    const { verdict } = judged;
    const { trust, sealer } = knowledge;
    const event = verificationEvent({
      ...judged,
      device: scan.device,
      tookMs: clock.monotonic() - scan.receivedAt,
      trustVersion: trust?.versions.targets ?? 0,
    });
    const sealed = event.personal && sealer ? await sealer.seal(event.personal) : null;
    audit.append(
      {
        event: event.name,
        unixMs: Math.round(this.#parts.knowledge.estimatedTime()),
        public: event.public,
        sealed,
      },
      verdict.outcome === 'accepted' ? verdict.holderProof : undefined,
    );
  }
}

interface PipelineParts {
  readonly knowledge: CityKnowledge;
  readonly verifier: SignatureVerifier;
  readonly resolver: Resolver;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** The service now chosen at this terminal. */
  readonly serviceId: () => string;
  /** Whether the last verdict is still on the screen. */
  readonly verdictShowing: () => boolean;
  readonly emit: (output: PipelineOutput) => void;
  /** Something about a verdict that an operator must look into. */
  readonly onAlarm: (alarm: Alarm) => void;
}

function digest(bytes: ScannedCode['bytes']): string {
  return createHash('sha256').update(bytes).digest('base64');
}
