import type { CborMap, CborValue } from '../licence/cbor/decode.ts';
import { encodeCbor } from '../licence/cbor/encode.ts';
import type { Licence } from '../licence/claims.ts';
import { CLAIM } from '../licence/cwt.ts';
import type { Catalogue, Matter, Service } from '../licence/trust/catalogue.ts';
import type { AuditEventPublic } from './audit-events.ts';
import type { Bridge } from './bridge/bridge.ts';
import type { CommandAnswer, CommandRefusal } from './contract.ts';
import type { CityKnowledge } from './core/city-knowledge.ts';
import { type HandOn, handOnOf } from './core/hand-on.ts';
import type { HeldVerdict } from './core/held-verdict.ts';
import type { Recorder } from './core/recorder.ts';
import type { SessionActor } from './core/session.ts';
import { toHandOn } from './core/session-context.ts';

export interface HandOnDeskParts {
  readonly session: SessionActor;
  readonly bridge: Pick<Bridge, 'receiverFor' | 'take' | 'giveBack' | 'handOn'>;
  readonly recorder: Pick<Recorder, 'record'>;
  readonly knowledge: Pick<CityKnowledge, 'trust' | 'estimatedTime'>;
  /** For operators. */
  readonly onFault: (fault: string) => void;
  /** Something was handed on. */
  readonly handedOn: () => void;
}

export interface HandOnWish {
  readonly businessType?: string;
  readonly caseNo?: string;
  /** Who hands on; absent where the person at the kiosk does. */
  readonly staff?: string;
}

/** From the screen to the business system, one at a time: a second press hands nothing on twice. */
export class HandOnDesk {
  readonly #parts: HandOnDeskParts;
  #underWay = false;

  constructor(parts: HandOnDeskParts) {
    this.#parts = parts;
  }

  /**
   * Hands on the case, or the licence on the screen: first the row that says so is on disk, then the system is told,
   * then the screen forgets the licences.
   */
  async run(wish: HandOnWish): Promise<CommandAnswer> {
    if (this.#underWay) return refused('not-offered');
    this.#underWay = true;
    try {
      return await this.#handOnDesk(wish);
    } finally {
      this.#underWay = false;
    }
  }

  async #handOnDesk(wish: HandOnWish): Promise<CommandAnswer> {
    const { session, bridge, knowledge } = this.#parts;
    const { context } = session.getSnapshot();
    const { service = context.case?.service, turn } = context;
    const { trust } = knowledge;
    const verdicts = toHandOn(context);
    if (!service?.handsOn || !trust || verdicts.length === 0) return refused('not-offered');
    // what staff hand on is for whoever asks now; a person's licence only for who had asked when it was shown
    const receiver = bridge.receiverFor(service.id, wish.staff ? context.request?.id : context.askedBy);
    if (!receiver) return refused('no-receiver');
    const asked = receiver.request;
    const matter = context.case?.matter ?? matterOf(trust.catalogue, service, asked?.matter);
    const handOn = handOnOf({
      verdicts,
      service,
      trust,
      matter,
      businessType: wish.businessType ?? asked?.businessType,
      caseNo: wish.caseNo ?? asked?.caseNo,
      staff: wish.staff,
      at: knowledge.estimatedTime(),
    });
    if (!handOn) return refused('not-offered');
    if (!bridge.take(receiver)) return refused('no-receiver');
    if (!(await this.#recorded(handOn, receiver.client, verdicts, service))) {
      bridge.giveBack(receiver);
      return refused('store-failed');
    }
    if (!bridge.handOn(receiver, handOn)) return refused('no-receiver');
    this.#parts.handedOn();
    const business = service.businesses?.find(({ type }) => type === handOn.businessType)?.names;
    session.send({ type: 'HANDED_ON', turn, receiver: receiver.client, ...(business ? { business } : {}) });
    return { ok: true };
  }

  async #recorded(
    handOn: HandOn,
    client: string,
    verdicts: readonly HeldVerdict[],
    service: Service,
  ): Promise<boolean> {
    const { recorder, onFault } = this.#parts;
    try {
      await recorder.record('hand-on', eventOf(handOn, client, service), whose(verdicts, handOn.caseNo));
      return true;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      onFault(`hand-on not recorded, so not done: ${error.message}`);
      return false;
    }
  }
}

function refused(reason: CommandRefusal): CommandAnswer {
  return { ok: false, reason };
}

function matterOf({ matters = [] }: Catalogue, service: Service, id: string | undefined): Matter | undefined {
  return matters.find((one) => one.id === id && one.service === service.id);
}

/** A business type the catalogue doesn't know is the client's own text: it goes into its receipt, not into the open row. */
function eventOf(handOn: HandOn, client: string, { id, businesses }: Service): AuditEventPublic<'hand-on'> {
  const { matter, staff, licences } = handOn;
  const businessType = businesses?.find(({ type }) => type === handOn.businessType)?.type;
  return { service: id, client, businessType, matter, kinds: licences.map(({ kind }) => kind), staff };
}

/** To be sealed: the case number, and sub 2 and cti 7 of each licence. */
function whose(verdicts: readonly HeldVerdict[], caseNo: string | undefined): Uint8Array {
  const licences = verdicts.flatMap(({ held }) => (held ? [namesOf(held.licence)] : []));
  const entries = new Map<string, CborValue>([['licences', licences]]);
  if (caseNo !== undefined) entries.set('case', caseNo);
  return encodeCbor(entries);
}

/** What names a licence, under its CWT labels. */
export function namesOf({ sub, cti }: Pick<Licence, 'sub' | 'cti'>): CborMap {
  return new Map<number, CborValue>([
    [CLAIM.sub, sub],
    [CLAIM.cti, cti],
  ]);
}
