import { type ActorRefFrom, createActor, SimulatedClock } from 'xstate';
import type { Face, View } from '../contract.ts';
import { type SessionEvent, type ShownVerdict, sessionMachine } from '../core/session.ts';
import { viewFor } from '../core/view.ts';

/** A session whose time passes only when told to. */
export class SessionRun {
  readonly #clock = new SimulatedClock();
  readonly #actor: ActorRefFrom<typeof sessionMachine>;

  constructor() {
    this.#actor = createActor(sessionMachine, { clock: this.#clock });
    this.#actor.start();
  }

  get monotonicMs(): number {
    return this.#clock.now();
  }

  get context() {
    return this.#actor.getSnapshot().context;
  }

  send(...events: SessionEvent[]): this {
    for (const event of events) this.#actor.send(event);
    return this;
  }

  pass(ms: number): this {
    this.#clock.increment(ms);
    return this;
  }

  view(face: Face): View {
    return viewFor(face, this.#actor.getSnapshot(), {
      service: { id: 'medical-insurance', names: { zh: '跨市就医结算', en: 'Medical insurance' } },
      scanner: { state: 'ready', device: 'simulated:' },
      city: { connected: true },
      monotonicMs: this.monotonicMs,
    });
  }
}

/** A verdict on a licence of somebody, as the pipeline makes it. @param changes replace parts of it. */
export function shownVerdict(
  number: number,
  holder: string,
  changes: Partial<ShownVerdict> = {},
): ShownVerdict {
  const name = { label: { zh: '姓名', en: 'Name' }, value: holder };
  return {
    number,
    at: 1_790_000_000_000 + number,
    shownAt: 0,
    outcome: 'accepted',
    reason: 'accepted',
    licence: {
      kind: { zh: '医保电子凭证', en: 'Medical insurance' },
      fields: [{ label: { zh: '参保地', en: 'Region' }, value: `region of ${holder}` }, name],
      holder: [name],
      doubtful: [],
    },
    ...changes,
  };
}
