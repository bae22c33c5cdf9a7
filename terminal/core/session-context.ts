import type { Business, Matter, Service } from '../../licence/trust/catalogue.ts';
import type { Names, OutOfServiceCause, PastVerdict, Settings } from '../contract.ts';
import type { OpenCase } from './case.ts';
import type { BusinessRequest } from './hand-on.ts';
import type { HeldVerdict } from './held-verdict.ts';

export const DEFAULT_SETTINGS: Settings = { language: 'zh', largeText: false };

/** What a session needs from outside. */
export interface SessionInput {
  /** ms from an arbitrary start; never jumps. */
  readonly monotonic: () => number;
}

export interface SessionContext extends SessionInput, OfAPerson {
  readonly cause: OutOfServiceCause;
  /** Whether somebody of the staff is logged in. */
  readonly staffed: boolean;
  /** Who does maintenance; undefined outside it. */
  readonly maintenance: string | undefined;
  readonly history: readonly PastVerdict[];
  /** Outlives persons: the business system that made it ends it. */
  readonly request: BusinessRequest | undefined;
  /**
   * Grows with every scan and whenever everything is forgotten: what began for one person and ends late can't
   * take effect on the next.
   */
  readonly turn: number;
  /** monotonic ms at which the person's time on this screen began. */
  readonly since: number;
  /** ms the person has for it. */
  readonly allowed: number;
  /** How often the person has asked for more of it. */
  readonly extensions: number;
}

/** Everything a session knows of the person in front of it. */
export interface OfAPerson {
  readonly settings: Settings;
  readonly verdict: HeldVerdict | undefined;
  /** Id of the business system's request that was open when the verdict came; for no later one is it handed on. */
  readonly askedBy: string | undefined;
  /** The verdict's. */
  readonly service: Service | undefined;
  readonly case: OpenCase | undefined;
  readonly choices: Choices | undefined;
  /** Fields of the verdict on the screen that staff have had shown whole. */
  readonly revealed: readonly Revealed[];
  readonly handedOn: HandedOn | undefined;
  /** Why a staffed counter is shown, and from which screen. */
  readonly sentToStaff: SentToStaff | undefined;
}

export type Choices =
  | { readonly what: 'matter'; readonly service: Service; readonly matters: readonly Matter[] }
  /** What a look-up found. */
  | { readonly what: 'licence'; readonly service: Service; readonly verdicts: readonly HeldVerdict[] };

export interface Revealed {
  readonly label: number;
  readonly value: string;
}

export interface HandedOn {
  readonly receiver: string;
  readonly business?: Names;
}

export interface SentToStaff {
  readonly why: 'asked' | 'no-receiver';
  readonly from: 'inviting' | Exclude<PersonState, 'staffedCounter'>;
}

/** States in which somebody stands in front of the screen and its time runs. */
export const PERSON_STATES = [
  'choosing',
  'scanning',
  'verdict',
  'choosingBusiness',
  'handedOn',
  'staffedCounter',
] as const;
export type PersonState = (typeof PERSON_STATES)[number];

export function firstContext({ monotonic }: SessionInput): SessionContext {
  return {
    ...NOBODY,
    monotonic,
    cause: 'not-enrolled',
    staffed: false,
    maintenance: undefined,
    history: [],
    request: undefined,
    turn: 0,
    since: 0,
    allowed: 0,
    extensions: 0,
  };
}

/** What is known of nobody: assigning it forgets whoever was there. */
export const NOBODY: OfAPerson = {
  settings: DEFAULT_SETTINGS,
  verdict: undefined,
  askedBy: undefined,
  service: undefined,
  case: undefined,
  choices: undefined,
  revealed: [],
  handedOn: undefined,
  sentToStaff: undefined,
};

/** Businesses to choose from for the verdict on the screen; none before it is accepted. */
export function businessesOf({ verdict, service }: SessionContext): readonly Business[] {
  return verdict?.outcome === 'accepted' ? (service?.businesses ?? []) : [];
}

/** What a hand-on by staff takes: the case, or else the licence on the screen. */
export function toHandOn({ verdict, case: open }: SessionContext): readonly HeldVerdict[] {
  if (open && open.verdicts.length > 0) return open.verdicts;
  return verdict?.outcome === 'accepted' ? [verdict] : [];
}
