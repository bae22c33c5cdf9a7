/**
 * What a screen may show, given what it has heard from its terminal and when: pure, so that every way a connection
 * dies can be tested without one. Times are milliseconds of one clock that doesn't go back.
 */
import { ALIVE_EVERY_MS, type Names, type Settings, type View } from '../../terminal/contract.ts';

/** So long a broken connection goes unmentioned: a terminal that restarts its listener is back sooner. */
export const LOST_AFTER_MS = 2000;

/** Silence after which a terminal that used to send `alive` counts as gone although its connection stands. */
export const SILENT_AFTER_MS = LOST_AFTER_MS + ALIVE_EVERY_MS;

/**
 * How much later than the terminal the screen takes a person's page down itself: so that the terminal's own next screen,
 * which may be another than the invitation, comes first where it is alive.
 */
export const CLEARED_BY_SCREEN_AFTER_MS = 500;

const DEFAULT_SETTINGS: Settings = { language: 'zh', largeText: false };

export interface LinkState {
  readonly heard?: { readonly view: View; readonly at: number };
  readonly aliveAt?: number;
  /** Since when no connection has brought a view. */
  readonly brokenSince?: number;
}

export type LinkEvent =
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'alive' }
  | { readonly type: 'broken' };

export type Shown =
  /** The page has just opened and waits for its first view. */
  | { readonly link: 'opening'; readonly settings: Settings }
  | { readonly link: 'lost'; readonly settings: Settings; readonly service?: Names }
  | {
      readonly link: 'live';
      readonly settings: Settings;
      readonly view: View;
      /** When the screen in `view` goes, on the same clock; absent for one that stays. */
      readonly clearsAt?: number;
    };

export function openLink(at: number): LinkState {
  return { brokenSince: at };
}

export function linkAfter(state: LinkState, event: LinkEvent, at: number): LinkState {
  switch (event.type) {
    case 'view':
      return { heard: { view: event.view, at }, ...(state.aliveAt === undefined ? {} : { aliveAt: at }) };
    case 'alive':
      return { ...state, aliveAt: at };
    case 'broken':
      return {
        ...(state.heard ? { heard: state.heard } : {}),
        brokenSince: state.brokenSince ?? at,
      };
    default:
      return event satisfies never;
  }
}

export function shownAt(state: LinkState, now: number): Shown {
  const { heard } = state;
  const settings = heard?.view.settings ?? DEFAULT_SETTINGS;
  if (now >= lostAt(state)) {
    return { link: 'lost', settings, ...(heard ? { service: heard.view.service.names } : {}) };
  }
  if (!heard) return { link: 'opening', settings };
  const clearsAt = clearsAtOf(state);
  if (clearsAt === undefined) return { link: 'live', settings, view: heard.view };
  // The terminal clears a person's screen itself; the page does too, so that one that forgets leaves nobody's data up.
  if (now >= clearsAt + CLEARED_BY_SCREEN_AFTER_MS)
    return { link: 'live', settings, view: { ...heard.view, screen: { name: 'inviting' } } };
  return { link: 'live', settings, view: heard.view, clearsAt };
}

/** The next time at which `shownAt` will answer something else without any event, if there is one. */
export function nextChangeAt(state: LinkState, now: number): number | undefined {
  const clearedAt = (clearsAtOf(state) ?? Number.POSITIVE_INFINITY) + CLEARED_BY_SCREEN_AFTER_MS;
  const times = [lostAt(state), clearedAt].filter((time) => time > now);
  const next = Math.min(...times);
  return Number.isFinite(next) ? next : undefined;
}

function lostAt({ aliveAt, brokenSince }: LinkState): number {
  return Math.min(
    brokenSince === undefined ? Number.POSITIVE_INFINITY : brokenSince + LOST_AFTER_MS,
    aliveAt === undefined ? Number.POSITIVE_INFINITY : aliveAt + SILENT_AFTER_MS,
  );
}

function clearsAtOf({ heard }: LinkState): number | undefined {
  return heard && 'clearsInMs' in heard.view.screen ? heard.at + heard.view.screen.clearsInMs : undefined;
}
