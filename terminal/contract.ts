/**
 * The one contract between the terminal and its screens. A screen receives a `View` (server-sent events, one for
 * each change) and sends `Command`s; it decides nothing. Screens may import this file and nothing else of the project.
 */
import type { IdentifierWarning } from '../licence/identifier/identifier-warnings.ts';
import type { Outcome, Reason } from '../licence/verdict.ts';

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

/** A licence field as it may be shown: already masked. */
export interface ShownField {
  readonly label: Names;
  readonly value: string;
}

/** A number on the licence that isn't formed as its standard says: for staff to look at twice, no reason to refuse. */
export type DoubtfulNumber = IdentifierWarning['what'];

export type OutOfServiceCause =
  | 'not-enrolled'
  /** The service this terminal is configured for is not in the city's catalogue. */
  | 'unknown-service'
  | 'no-scanner'
  | 'store-failed';

export type Screen =
  | { readonly name: 'starting' }
  | { readonly name: 'out-of-service'; readonly cause: OutOfServiceCause }
  | { readonly name: 'inviting' }
  | { readonly name: 'checking' }
  | {
      readonly name: 'verdict';
      /** Grows by one with each verdict: a screen that sees a new number plays its sound once. */
      readonly number: number;
      readonly outcome: Outcome;
      readonly reason: Reason;
      readonly kind?: Names;
      readonly fields: readonly ShownField[];
      /** For staff alone. */
      readonly doubtful: readonly DoubtfulNumber[];
      /** Milliseconds until the terminal clears this screen, counted from when this view was sent. */
      readonly clearsInMs: number;
    };

/** A past verdict on the counter's list of latest checks: nothing personal. */
export interface PastVerdict {
  readonly number: number;
  /** unix ms */
  readonly at: number;
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly kind?: Names;
}

export interface View {
  readonly version: 1;
  readonly face: Face;
  readonly screen: Screen;
  readonly settings: Settings;
  readonly service: { readonly id: string; readonly names: Names };
  readonly scanner: { readonly state: 'ready' | 'searching' | 'fault'; readonly device: string };
  readonly city: {
    readonly connected: boolean;
    /** unix ms at which the oldest revocation list in use was signed; absent before the first one. */
    readonly listSignedAt?: number;
  };
  /** Newest first, at most 20; always empty for the kiosk face. */
  readonly history: readonly PastVerdict[];
}

export type Command =
  /** A burst of keys a keyboard-mode scanner typed into the page, terminator removed. */
  | { readonly type: 'keyboard-scan'; readonly text: string }
  | { readonly type: 'settings'; readonly settings: Settings }
  /** The person is done: clear the verdict now. */
  | { readonly type: 'dismiss' };

/** Longest keyboard burst a screen sends and the terminal takes; the longest code is 2,400 characters. */
export const MAX_KEYBOARD_TEXT = 4096;

/** GET, `?face=`: an event stream whose `data` is a `View` in JSON. */
export const VIEW_ROUTE = '/api/view';
/** POST, JSON `Command`, answers 204. */
export const COMMAND_ROUTE = '/api/command';

/**
 * An event of the view stream without meaning but "still here", sent every `ALIVE_EVERY_MS`. A screen that has heard
 * one and then hears nothing treats its terminal as lost, so a hung terminal can't leave an invitation standing.
 */
export const ALIVE_EVENT = 'alive';
export const ALIVE_EVERY_MS = 1000;
