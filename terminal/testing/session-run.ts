import { createHash } from 'node:crypto';
import { createActor } from 'xstate';
import { CTI_BYTES } from '../../licence/cwt.ts';
import {
  admittedKey,
  demoCode,
  demoContext,
  demoIssuer,
  demoService,
  ISSUER_KEY,
  STATUS_KEY,
  trustIn,
} from '../../licence/testing/demo-issuer.ts';
import type { Matter, Service } from '../../licence/trust/catalogue.ts';
import { verify } from '../../licence/verify.ts';
import { type Face, REVEAL_REASONS, type View } from '../contract.ts';
import type { HeldLicence, HeldVerdict } from '../core/held-verdict.ts';
import {
  type SessionActor,
  type SessionEvent,
  type SessionSnapshot,
  type SessionState,
  sessionMachine,
  stateOf,
} from '../core/session.ts';
import { viewFor } from '../core/view.ts';

/** A session whose time passes only when told to. */
export class SessionRun {
  readonly #clock = new StandingClock();
  readonly #actor: SessionActor;

  constructor() {
    const monotonic = () => this.#clock.now;
    this.#actor = createActor(sessionMachine, { clock: this.#clock, input: { monotonic } });
    this.#actor.start();
  }

  /** For what works on a session itself. */
  get actor(): SessionActor {
    return this.#actor;
  }

  get monotonicMs(): number {
    return this.#clock.now;
  }

  get snapshot(): SessionSnapshot {
    return this.#actor.getSnapshot();
  }

  get context() {
    return this.snapshot.context;
  }

  get state(): SessionState {
    return stateOf(this.snapshot);
  }

  /** Calls back at every step the session takes. */
  onStep(listener: () => void): this {
    this.#actor.subscribe(listener);
    return this;
  }

  send(...events: SessionEvent[]): this {
    for (const event of events) this.#actor.send(event);
    return this;
  }

  can(event: SessionEvent): boolean {
    return this.snapshot.can(event);
  }

  pass(ms: number): this {
    this.#clock.advance(ms);
    return this;
  }

  view(face: Face): View {
    return viewFor(face, this.snapshot, {
      service: { id: 'medical-insurance', names: { zh: '跨市就医结算', en: 'Medical insurance' } },
      scanner: { state: 'ready', device: 'simulated:' },
      city: { connected: true },
      monotonicMs: this.monotonicMs,
      ...(this.context.staffed ? { staff: { id: 's01', name: 'Li' } } : {}),
      desk: {
        matters: [{ id: ENROL.id, names: ENROL.names }],
        lookUps: ['id'],
        services: [],
        revealReasons: REVEAL_REASONS,
      },
    });
  }
}

/** Timers fire in order, each at its own time. */
class StandingClock {
  now = 0;
  #next = 1;
  readonly #timers = new Map<number, { readonly due: number; readonly fire: () => void }>();

  setTimeout(fire: () => void, ms: number): number {
    const id = this.#next++;
    this.#timers.set(id, { due: this.now + ms, fire });
    return id;
  }

  clearTimeout(id: number): void {
    this.#timers.delete(id);
  }

  advance(ms: number): void {
    const end = this.now + ms;
    for (let next = this.#dueBy(end); next; next = this.#dueBy(end)) {
      const [id, { due, fire }] = next;
      this.#timers.delete(id);
      this.now = due;
      fire();
    }
    this.now = end;
  }

  #dueBy(end: number) {
    const due = [...this.#timers].filter(([, timer]) => timer.due <= end);
    return due.sort(([, a], [, b]) => a.due - b.due)[0];
  }
}

/** One licence is the whole business; it is chosen what for, and handed on. */
export const SETTLEMENT: Service = demoService({
  businesses: [
    { type: '01101', names: { zh: '挂号', en: 'Registration' } },
    { type: '01301', names: { zh: '费用结算', en: 'Settlement' } },
  ],
  handsOn: { fields: [1, 20], licence: false },
});

/** Several licences make one case. */
export const ENROLMENT: Service = demoService({
  id: 'school-enrolment',
  names: { zh: '入学', en: 'School enrolment' },
  kinds: ['household-registration', 'birth-certificate', 'residence-permit'],
  collects: 'case',
  handsOn: { fields: [1], licence: true },
});

export const ENROL: Matter = {
  id: 'enrol',
  names: { zh: '入学', en: 'Enrol a child' },
  service: ENROLMENT.id,
  needs: [
    { names: { zh: '户口', en: 'Household' }, kinds: ['household-registration'] },
    { names: { zh: '住所', en: 'Home' }, kinds: ['residence-permit', 'household-registration'] },
  ],
};

export const TRANSFER: Matter = { ...ENROL, id: 'transfer', names: { zh: '转学', en: 'Change school' } };

/**
 * A verdict on a licence of somebody, as the pipeline makes it: what screens show of it holds `masked <holder>` and
 * `region of <holder>`, the licence itself `whole <holder>`.
 *
 * @param changes replace parts of it.
 */
export function heldVerdict(
  number: number,
  holder: string,
  changes: Partial<HeldVerdict> & { readonly kind?: string } = {},
): HeldVerdict {
  const { kind = 'medical-insurance', ...others } = changes;
  const name = { label: { zh: '姓名', en: 'Name' }, value: `masked ${holder}`, masked: 1 };
  const { outcome = 'accepted' } = others;
  return {
    number,
    at: 1_790_000_000_000 + number,
    shownAt: 0,
    outcome,
    reason: 'accepted',
    licence: {
      kind: { zh: '医保电子凭证', en: 'Medical insurance' },
      fields: [{ label: { zh: '参保地', en: 'Region' }, value: `region of ${holder}` }, name],
      holder: [name],
      doubtful: [],
    },
    ...(outcome === 'accepted' && !others.held ? { held: heldLicence(holder, kind) } : {}),
    ...others,
  };
}

/** A licence that really was accepted; the same holder and kind give the same licence. */
export function heldLicence(holder: string, kind = 'medical-insurance'): HeldLicence {
  const digest = createHash('sha256').update(`${holder}, ${kind}`).digest();
  const fields = new Map([
    [1, `whole ${holder}`],
    [20, `region of ${holder}`],
  ]);
  const licence = { kind, cti: new Uint8Array(digest.subarray(0, CTI_BYTES)), fields };
  const keys = [
    admittedKey(ISSUER_KEY, { kinds: [kind] }),
    admittedKey(STATUS_KEY, { uses: ['status'], kinds: [] }),
  ];
  const verdict = verify(
    demoCode({ licence }),
    demoContext({ trust: trustIn(demoIssuer({ keys })), service: demoService({ kinds: [kind] }) }),
  );
  if (verdict.outcome !== 'accepted') throw new Error(`the demo licence was ${verdict.reason}`);
  return { licence: verdict.licence, signedLicence: verdict.signedLicence, evidence: verdict.evidence };
}
