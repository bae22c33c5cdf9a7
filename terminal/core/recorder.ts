import type { PersonalSealer } from '../../licence/audit/seal.ts';
import type { HolderProof } from '../../licence/verdict.ts';
import { type AuditEventName, type AuditEventPublic, publicPart } from '../audit-events.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { AuditPosition } from './held-verdict.ts';

export interface RecorderParts {
  readonly store: Pick<AuditStore, 'append'>;
  /** Seals to the city's audit key; absent before trust is there, and nothing personal is then written. */
  readonly sealer: () => PersonalSealer | undefined;
  /** unix ms to date a row by. */
  readonly now: () => number;
  /** For operators. */
  readonly onFault: (fault: string) => void;
}

/** The one hand that writes events: public part checked, personal part sealed, on disk before anybody is told. */
export class Recorder {
  readonly #parts: RecorderParts;
  /** Side events that could not be written since the last that could. */
  #lost = 0;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /**
   * Durable when it resolves.
   *
   * @param personal sealed to the city; it must never be in `facts`.
   * @param used a holder proof used up in the same transaction.
   * @throws the store's error where it can't be written: then nobody may be told.
   */
  async record<N extends AuditEventName>(
    name: N,
    facts: AuditEventPublic<N>,
    personal?: Uint8Array,
    used?: HolderProof,
  ): Promise<AuditPosition> {
    const sealer = this.#parts.sealer();
    const sealed = personal && sealer ? await sealer.seal(personal) : null;
    return this.#append(name, facts, sealed, used);
  }

  /** An event beside the way of a scan, without a personal part: one that can't be written is counted, and said with the next. */
  note<N extends AuditEventName>(name: N, facts: AuditEventPublic<N>): void {
    try {
      if (this.#lost > 0) {
        const detail = `${this.#lost} events could not be written`;
        this.#append('store', { event: 'events-lost', detail }, null);
        this.#lost = 0;
      }
      this.#append(name, facts, null);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#lost += 1;
      this.#parts.onFault(`audit event ${name} not written: ${error.message}`);
    }
  }

  #append<N extends AuditEventName>(
    name: N,
    facts: AuditEventPublic<N>,
    sealed: Uint8Array | null,
    used?: HolderProof,
  ): AuditPosition {
    const unixMs = Math.max(0, Math.round(this.#parts.now()));
    return this.#parts.store.append({ event: name, unixMs, public: publicPart(name, facts), sealed }, used);
  }
}
