import { encodeCbor } from '../licence/cbor/encode.ts';
import type { Catalogue, Service } from '../licence/trust/catalogue.ts';
import type { Command, CommandAnswer, CommandRefusal, Face, StaffCommand } from './contract.ts';
import type { Pipeline } from './core/pipeline.ts';
import type { Recorder } from './core/recorder.ts';
import type { SessionActor } from './core/session.ts';
import type { SessionEvent } from './core/session-event.ts';
import { type HandOnDesk, type HandOnWish, namesOf } from './hand-on-desk.ts';
import { wholeValue } from './staff/reveal.ts';
import type { StaffDesk } from './staff/staff-desk.ts';

export interface CommandParts {
  readonly handOnDesk: HandOnDesk;
  readonly session: SessionActor;
  readonly pipeline: Pick<Pipeline, 'lookUp'>;
  readonly recorder: Pick<Recorder, 'record'>;
  readonly staff: Pick<StaffDesk, 'current' | 'touched'>;
  readonly catalogue: () => Catalogue | undefined;
  readonly service: () => Service | undefined;
  /** Makes another service the terminal's own until it is started again. */
  readonly switchTo: (service: string) => void;
  /** A burst of keys typed into the page. */
  readonly typed: (text: string) => void;
  /** For operators. */
  readonly onFault: (fault: string) => void;
}

/** Carries out what a screen asks for. Whatever isn't offered just now has no effect and says so. */
export class CommandDesk {
  readonly #parts: CommandParts;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  /** @param face whose screen asks: what is for staff alone a kiosk may not ask for, whoever is logged in. */
  run(command: Command, face: Face): Promise<CommandAnswer> {
    switch (command.type) {
      case 'keyboard-scan':
        this.#parts.typed(command.text);
        return done();
      case 'settings':
        return this.#send({ type: 'SETTINGS', settings: command.settings });
      case 'more-time':
        return this.#send({ type: 'MORE_TIME' });
      case 'back':
        return this.#send({ type: 'BACK' });
      case 'dismiss':
        // at the kiosk of a terminal where staff have a case open, only the licence goes
        return this.#send({ type: face === 'kiosk' && this.#caseOpen ? 'BACK' : 'DISMISS' });
      case 'ask-for-staff':
        return face === 'kiosk' && this.#caseOpen
          ? refusedNow('not-offered')
          : this.#send({ type: 'ASK_FOR_STAFF' });
      case 'choose-business':
        return face === 'kiosk' || this.#isStaffed
          ? this.#send({ type: 'CHOOSE_BUSINESS' })
          : refusedNow('login-needed');
      case 'business':
        return face === 'kiosk' || this.#isStaffed
          ? this.#business(command.business)
          : refusedNow('login-needed');
      default:
        return face === 'kiosk' ? refusedNow('login-needed') : this.#asStaff(command);
    }
  }

  get #caseOpen(): boolean {
    return this.#parts.session.getSnapshot().context.case !== undefined;
  }

  get #isStaffed(): boolean {
    return this.#parts.staff.current?.role === 'staff';
  }

  /** At the kiosk, where nobody could tell the person why nothing happened, a missing receiver is a screen of its own. */
  async #business(type: string): Promise<CommandAnswer> {
    const { session } = this.#parts;
    const { value, context } = session.getSnapshot();
    const inChoice = typeof value === 'object' && 'choosingBusiness' in value;
    if (!inChoice || !context.service?.businesses?.some((business) => business.type === type)) {
      return refused('not-offered');
    }
    const answer = await this.#parts.handOnDesk.run({ businessType: type });
    if (!answer.ok && answer.reason === 'no-receiver') {
      session.send({ type: 'NO_RECEIVER', turn: context.turn });
    }
    return answer;
  }

  #asStaff(command: StaffCommand): Promise<CommandAnswer> {
    const { staff } = this.#parts;
    const { current } = staff;
    if (current?.role !== 'staff') return Promise.resolve(refused('login-needed'));
    staff.touched();
    switch (command.type) {
      case 'begin-case':
        return this.#beginCase(command.matter);
      case 'choose':
        return this.#send({ type: 'CHOOSE', id: command.id });
      case 'choose-all':
        return this.#send({ type: 'CHOOSE_ALL' });
      case 'add-another':
        return this.#send({ type: 'ADD_ANOTHER' });
      case 'hand-on':
        return this.#handOn(current.id, command.caseNo);
      case 'look-up':
        return this.#lookUp(current.id, command);
      case 'reveal':
        return this.#reveal(current.id, command);
      case 'switch-service':
        return this.#switchService(command.service);
      default:
        return command satisfies never;
    }
  }

  #send(event: SessionEvent): Promise<CommandAnswer> {
    const { session } = this.#parts;
    if (!session.getSnapshot().can(event)) return Promise.resolve(refused('not-offered'));
    session.send(event);
    return done();
  }

  #beginCase(matter: string | undefined): Promise<CommandAnswer> {
    const service = this.#parts.service();
    if (service?.collects !== 'case') return Promise.resolve(refused('not-offered'));
    const all = this.#parts.catalogue()?.matters?.filter((one) => one.service === service.id) ?? [];
    const matters = matter === undefined ? all : all.filter(({ id }) => id === matter);
    if (matter !== undefined && matters.length === 0) return Promise.resolve(refused('unknown'));
    return this.#send({ type: 'OPEN_CASE', matters, service });
  }

  #handOn(staff: string, caseNo: string | undefined): Promise<CommandAnswer> {
    const wish: HandOnWish = { staff, ...(caseNo === undefined ? {} : { caseNo }) };
    return this.#parts.handOnDesk.run(wish);
  }

  async #lookUp(staff: string, command: Extract<StaffCommand, { type: 'look-up' }>): Promise<CommandAnswer> {
    const { session, pipeline } = this.#parts;
    const offered = this.#parts.service()?.lookUps?.includes(command.by) ?? false;
    if (!offered || !session.getSnapshot().can({ type: 'SCANNED' })) return refused('not-offered');
    const end = await pipeline.lookUp({ type: command.by, value: command.value }, staff);
    if (end.type === 'store-failed') return refused('store-failed');
    return end.type === 'verdict' || end.type === 'choices' ? { ok: true } : refused('not-offered');
  }

  async #reveal(
    staff: string,
    { label, reason }: Extract<StaffCommand, { type: 'reveal' }>,
  ): Promise<CommandAnswer> {
    const { session, recorder, onFault } = this.#parts;
    const { verdict, service, turn } = session.getSnapshot().context;
    const held = verdict?.held;
    const kind = this.#parts.catalogue()?.kinds.find(({ id }) => id === held?.licence.kind);
    if (!held || !kind || !service) return refused('not-offered');
    const value = wholeValue(held, kind, service, label);
    if (value === undefined) return refused('not-offered');
    const facts = { staff, service: service.id, kind: kind.id, label, reason };
    try {
      await recorder.record(
        'reveal',
        facts,
        service.keeps === 'nothing' ? undefined : encodeCbor(namesOf(held.licence)),
      );
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      onFault(`reveal not recorded, so not done: ${error.message}`);
      return refused('store-failed');
    }
    // the screen may have moved on to the next person while the disk was waited for
    return this.#send({ type: 'REVEALED', turn, label, value });
  }

  #switchService(id: string): Promise<CommandAnswer> {
    const known = this.#parts.catalogue()?.services.some((service) => service.id === id) ?? false;
    if (!known) return Promise.resolve(refused('unknown'));
    this.#parts.switchTo(id);
    return done();
  }
}

function refusedNow(reason: CommandRefusal): Promise<CommandAnswer> {
  return Promise.resolve(refused(reason));
}

function done(): Promise<CommandAnswer> {
  return Promise.resolve({ ok: true });
}

function refused(reason: CommandRefusal): CommandAnswer {
  return { ok: false, reason };
}
