import type { Outcome, Reason } from '../../licence/verdict.ts';
import type { OutOfServiceCause } from '../contract.ts';
import type { DeskWording } from './desk-wording.ts';
import { en } from './en.ts';
import type { SessionWording } from './session-wording.ts';
import type { StaffWording } from './staff-wording.ts';
import { zh } from './zh.ts';

export type Language = 'zh' | 'en';

/** Every word a person reads on a terminal, by language. A language that lacks one doesn't compile. */
export const wording: Record<Language, Wording> = { zh, en };

/** What one reason code says to the person in front of the terminal. */
export interface ReasonWords {
  /** A few words that fit under the outcome's headline. */
  readonly title: string;
  /** What it means, one or two plain sentences. */
  readonly sentence: string;
  /** What to do now. Whatever isn't accepted always ends in a way out: a staffed counter. */
  readonly todo: string;
}

/** The headline of an outcome. `aside` follows it in smaller type and is empty for most. */
export interface OutcomeWords {
  readonly headline: string;
  readonly aside: string;
  /** One word for lists and badges. */
  readonly short: string;
}

/** A screen without a verdict: what is going on, why, and the way out. */
export interface NoticeWords {
  readonly headline: string;
  readonly sentence: string;
  readonly todo: string;
}

export interface Wording {
  /** BCP 47, for the page's `lang`. */
  readonly htmlLang: string;
  readonly product: string;
  readonly outcomes: Record<Outcome, OutcomeWords>;
  readonly reasons: Record<Reason, ReasonWords>;
  readonly settings: {
    readonly language: string;
    /** Each language's own name for itself, the same in every catalogue. */
    readonly languageNames: Record<Language, string>;
    readonly largeText: string;
  };
  readonly starting: NoticeWords;
  readonly outOfService: Record<OutOfServiceCause, NoticeWords>;
  /** The screen has not heard from its terminal for a while. */
  readonly notAnswering: NoticeWords;
  readonly inviting: {
    /** In the parts that stay on one line; together they are the sentence. */
    readonly headline: readonly [string, string];
    readonly hold: string;
    /** The dimension written into the drawing. */
    readonly distance: string;
    readonly brightness: string;
    readonly noScreenshots: string;
    readonly help: string;
    /** What the drawing shows, for those who can't see it. */
    readonly drawing: string;
  };
  readonly verifying: { readonly headline: string; readonly sentence: string };
  readonly verdict: {
    readonly todoLabel: string;
    readonly fieldsLabel: string;
    /** Names the field that says who shows the licence under a delegation. */
    readonly delegate: string;
    readonly masked: string;
    readonly clearsIn: (seconds: number) => string;
    /** How many fields come after the ones in view, on the button that shows them. */
    readonly more: (fields: number) => string;
    readonly backToFirst: string;
    readonly done: string;
  };
  /** The screens between an invitation and the next one. */
  readonly session: SessionWording;
  readonly cityNotConnected: string;
  /** A keyboard-mode scanner typed more than any licence code holds. */
  readonly codeTooLong: string;
  /** A press on the screen or a scan did not reach the terminal. */
  readonly commandLost: string;
  readonly counter: {
    readonly title: string;
    readonly ready: string;
    readonly readyHint: string;
    readonly history: string;
    readonly historyEmpty: string;
    readonly reasonCode: string;
    readonly scanner: string;
    readonly scannerStates: Record<'ready' | 'searching' | 'fault', string>;
    /** What to do about a scanner that doesn't work. */
    readonly scannerAdvice: Record<'searching' | 'fault', string>;
    readonly city: string;
    readonly connected: string;
    readonly disconnected: string;
    readonly statusList: string;
    readonly noStatusList: string;
    readonly age: (minutes: number) => string;
    readonly clear: string;
  };
  /** The counter's own words where the kiosk's would send a clerk to a staffed counter. */
  readonly staff: StaffWording;
  /** What only the counter's page has: the work of staff. */
  readonly desk: DeskWording;
}
