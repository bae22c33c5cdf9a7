/**
 * The one contract between the terminal and its screens. A screen receives a `View` (server-sent events, one for
 * each change) and sends `Command`s; it decides nothing. Screens may import this file and nothing else of the project.
 */
import type { IdentifierWarning } from '../licence/identifier/identifier-warnings.ts';
import type { Outcome, Reason } from '../licence/verdict.ts';
import type { MAX_GRANT_TEXT as GRANT_TEXT } from '../licence/wire/grant-text.ts';

export type { Outcome, Reason } from '../licence/verdict.ts';
export { type Language, type Wording, wording } from './words/wording.ts';

/** Which screen is asking: patients see fields of accepted licences only, staff a little more. */
export const FACES = ['kiosk', 'counter'] as const;
export type Face = (typeof FACES)[number];

/** A name in both languages, as the catalogue carries it. */
export interface Names {
  readonly zh: string;
  readonly en: string;
}

export interface Settings {
  readonly language: 'zh' | 'en';
  readonly largeText: boolean;
}

/** A licence field as it may be shown: masked, unless staff had it revealed. */
export interface ShownField {
  readonly label: Names;
  readonly value: string;
  /** The catalogue's number of it where there is more to reveal. */
  readonly masked?: number;
}

/** A number on the licence that isn't formed as its standard says: for staff to look at twice, no reason to refuse. */
export type DoubtfulNumber = IdentifierWarning['what'];

export type OutOfServiceCause =
  | 'not-enrolled'
  /** The service this terminal is configured for is not in the city's catalogue. */
  | 'unknown-service'
  | 'no-scanner'
  /** What is decided could not be recorded. */
  | 'store-failed'
  /** There is no room to record what would be decided. */
  | 'store-full';

/** When a person's screen goes away by itself (WCAG 2.2, 2.2.1: warned, and time for more). */
export interface Remaining {
  /** ms until the terminal clears this screen, counted from when this view was sent. */
  readonly clearsInMs: number;
  /** Whether the person is being asked if they need more time. */
  readonly warns: boolean;
  /** How many times more it can be put off. */
  readonly extensions: number;
}

/** What may be done next with the licence on the screen; only what is listed has an effect. */
export type Offer = 'choose-business' | 'hand-on' | 'add-another' | 'reveal';

/** One of several things to choose from: a matter, or one of the licences a look-up found. */
export interface Choice {
  readonly id: string;
  readonly names: Names;
  /** What tells licences of one kind apart, masked. */
  readonly fields: readonly ShownField[];
  /** Of a licence. */
  readonly outcome?: Outcome;
}

/** Several licences brought together for one matter; all of it masked. */
export interface ShownCase {
  readonly matter?: Names;
  readonly licences: readonly {
    /** Of its verdict. */
    readonly number: number;
    readonly kind: Names;
    readonly holder: readonly ShownField[];
  }[];
  /** What the matter still needs; empty for a case without a matter. */
  readonly lacks: readonly Names[];
}

export interface ShownBusiness {
  readonly type: string;
  readonly names: Names;
}

export type Screen =
  | { readonly name: 'starting' }
  | { readonly name: 'out-of-service'; readonly cause: OutOfServiceCause }
  /** Nobody is there: a code may be shown. */
  | { readonly name: 'inviting' }
  | ({
      readonly name: 'choosing';
      readonly what: 'matter' | 'licence';
      readonly choices: readonly Choice[];
      /** Whether all accepted licences may be taken into the case at once. */
      readonly takesAll: boolean;
      /** The open case. */
      readonly case?: ShownCase;
    } & Remaining)
  /** A case is open and the next code is waited for. */
  | ({ readonly name: 'scanning'; readonly case: ShownCase } & Remaining)
  | { readonly name: 'verifying' }
  | ({
      readonly name: 'verdict';
      /** Grows by one with each verdict: a screen that sees a new number plays its sound once. */
      readonly number: number;
      readonly outcome: Outcome;
      readonly reason: Reason;
      readonly kind?: Names;
      readonly fields: readonly ShownField[];
      /** For staff alone. */
      readonly doubtful: readonly DoubtfulNumber[];
      readonly offers: readonly Offer[];
      /** For staff alone: the case this licence was added to. */
      readonly case?: ShownCase;
    } & Remaining)
  | ({ readonly name: 'choosing-business'; readonly businesses: readonly ShownBusiness[] } & Remaining)
  /** A business system has taken what was checked. */
  | ({ readonly name: 'handed-on'; readonly business?: Names; readonly receiver: string } & Remaining)
  /** 请到人工窗口办理: asked for, or because no business system is there to take what was checked. */
  | ({ readonly name: 'staffed-counter'; readonly why: 'asked' | 'no-receiver' } & Remaining)
  /** Everything of the last person has been forgotten. */
  | { readonly name: 'clearing' }
  | { readonly name: 'maintenance'; readonly staff: string };

/** A past verdict on the counter's list of latest checks: nothing personal. */
export interface PastVerdict {
  readonly number: number;
  /** unix ms */
  readonly at: number;
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly kind?: Names;
}

/** What the counter's page needs besides the screen; absent at the kiosk. */
export interface Desk {
  /** Who is logged in; absent: nobody, and nothing beyond checking is offered. */
  readonly staff?: { readonly id: string; readonly name: string };
  /** What a case can be opened for. */
  readonly matters: readonly { readonly id: string; readonly names: Names }[];
  readonly lookUps: readonly LookUpNumber[];
  /** What this terminal can be switched to. */
  readonly services: readonly { readonly id: string; readonly names: Names }[];
  /** Why a field may be shown whole. */
  readonly revealReasons: readonly RevealReason[];
}

export type LookUpNumber = 'uscc' | 'id';

/** Why staff may have a masked field shown whole; goes into the audit row. */
export const REVEAL_REASONS = [
  'compare-with-paper',
  'fill-in-form',
  'holder-asks',
  'enforcement-record',
] as const;
export type RevealReason = (typeof REVEAL_REASONS)[number];

export interface View {
  readonly version: 1;
  readonly face: Face;
  readonly screen: Screen;
  readonly settings: Settings;
  readonly service: {
    readonly id: string;
    readonly names: Names;
    /** A sentence whoever checks has to have in view. */
    readonly notice?: Names;
  };
  readonly scanner: { readonly state: 'ready' | 'searching' | 'fault'; readonly device: string };
  readonly city: {
    readonly connected: boolean;
    /** unix ms at which the oldest revocation list in use was signed; absent before the first one. */
    readonly listSignedAt?: number;
  };
  /** Newest first, at most 20; always empty for the kiosk face. */
  readonly history: readonly PastVerdict[];
  readonly desk?: Desk;
}

export type Command =
  /** A burst of keys a keyboard-mode scanner typed into the page, terminator removed. */
  | { readonly type: 'keyboard-scan'; readonly text: string }
  | { readonly type: 'settings'; readonly settings: Settings }
  /** The person is done: clear the screen now. */
  | { readonly type: 'dismiss' }
  | { readonly type: 'more-time' }
  /** To the screen before. */
  | { readonly type: 'back' }
  /** 请到人工窗口办理. */
  | { readonly type: 'ask-for-staff' }
  /** From the verdict to the choice of business. */
  | { readonly type: 'choose-business' }
  /** Hands on what is on the screen, for the business chosen. */
  | { readonly type: 'business'; readonly business: string }
  | StaffCommand;

/** What only somebody logged in may do; from anybody else it is refused. */
export type StaffCommand =
  /** Opens a case: for the matter, or asks which where there is one to choose and none is named. */
  | { readonly type: 'begin-case'; readonly matter?: string }
  /** One of the choices. */
  | { readonly type: 'choose'; readonly id: string }
  /** Every accepted licence of the choices, into the case. */
  | { readonly type: 'choose-all' }
  | { readonly type: 'add-another' }
  /** Hands on the case, or the licence on the screen. @param caseNo the business system's number for it. */
  | { readonly type: 'hand-on'; readonly caseNo?: string }
  | { readonly type: 'look-up'; readonly by: LookUpNumber; readonly value: string; readonly consent: true }
  | { readonly type: 'reveal'; readonly label: number; readonly reason: RevealReason }
  | { readonly type: 'switch-service'; readonly service: string };

/** What became of a command, in the answer to it. */
export type CommandAnswer =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: CommandRefusal;
      /** Until a lock-out ends, ms. */
      readonly waitMs?: number;
    };

export type CommandRefusal =
  /** Not now: the screen has moved on. */
  | 'not-offered'
  /** Nobody is logged in. */
  | 'login-needed'
  | 'wrong-credentials'
  | 'locked-out'
  /** Maintenance of a connected terminal needs the city's grant. */
  | 'grant-needed'
  | 'grant-refused'
  | 'unknown'
  /** No business system is there to take it. */
  | 'no-receiver'
  /** It could not be recorded, so it was not done. */
  | 'store-failed';

/** How somebody proves who they are; an answer to it is a `CommandAnswer`. */
export type Login =
  | { readonly as: 'staff'; readonly id: string; readonly pin: string }
  | { readonly as: 'maintenance'; readonly id: string; readonly pin: string; readonly grant?: string };

/** Longest keyboard burst a screen sends and the terminal takes; the longest code is 2,400 characters. */
export const MAX_KEYBOARD_TEXT = 4096;

/** Longest number of a business system for a case. */
export const MAX_CASE_NO = 64;

/** Longest text of a city's grant; the compiler holds it to what a grant is. */
export const MAX_GRANT_TEXT: typeof GRANT_TEXT = 512;

/** GET, `?face=`: an event stream whose `data` is a `View` in JSON. */
export const VIEW_ROUTE = '/api/view';
/** POST, `?face=`, JSON `Command`, answers with a `CommandAnswer`. */
export const COMMAND_ROUTE = '/api/command';
/** POST, JSON `Login`, answers with a `CommandAnswer`; DELETE logs out. A badge is shown to the scanner instead. */
export const LOGIN_ROUTE = '/api/login';

/**
 * An event of the view stream without meaning but "still here", sent every `ALIVE_EVERY_MS`. A screen that has heard
 * one and then hears nothing treats its terminal as lost, so a hung terminal can't leave an invitation standing.
 */
export const ALIVE_EVENT = 'alive';
export const ALIVE_EVERY_MS = 1000;
