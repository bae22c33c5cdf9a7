import { assign, enqueueActions, setup } from 'xstate';
import type { Outcome, Reason } from '../../licence/verdict.ts';
import type { OutOfServiceCause, PastVerdict, Settings } from '../contract.ts';
import type { ShownLicence } from './shown-licence.ts';

/** 查询结果将在30秒后清除. */
export const VERDICT_SHOWN_MS = 30_000;
/** A language chosen by somebody who then walked away. */
export const SETTINGS_KEPT_MS = 60_000;
/** Verdicts on the counter's list of latest checks. */
export const MAX_HISTORY = 20;

export const DEFAULT_SETTINGS: Settings = { language: 'zh', largeText: false };

/** A verdict as the screens may know it. */
export interface ShownVerdict {
  readonly number: number;
  /** unix ms, best time */
  readonly at: number;
  /** monotonic ms from which the time to clearing counts */
  readonly shownAt: number;
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly licence?: ShownLicence;
}

export interface SessionContext {
  readonly settings: Settings;
  readonly verdict: ShownVerdict | undefined;
  readonly cause: OutOfServiceCause;
  readonly history: readonly PastVerdict[];
}

export type SessionEvent =
  | { readonly type: 'IN_SERVICE' }
  | { readonly type: 'OUT_OF_SERVICE'; readonly cause: OutOfServiceCause }
  | { readonly type: 'SCANNED' }
  | { readonly type: 'VERDICT'; readonly verdict: ShownVerdict }
  | { readonly type: 'SETTINGS'; readonly settings: Settings }
  | { readonly type: 'DISMISS' };

/**
 * What one person after the other goes through. Whoever leaves the verdict leaves nothing: verdict and settings are
 * forgotten on the way back to the invitation.
 */
export const sessionMachine = setup({
  types: { context: {} as SessionContext, events: {} as SessionEvent },
  delays: { VERDICT_SHOWN_MS, SETTINGS_KEPT_MS },
  actions: {
    forget: assign({ verdict: undefined, settings: DEFAULT_SETTINGS }),
    forgetVerdict: assign({ verdict: undefined }),
    show: enqueueActions(({ enqueue, event }) => {
      if (event.type !== 'VERDICT') return;
      const { verdict } = event;
      enqueue.assign({
        verdict,
        history: ({ context }) => [past(verdict), ...context.history].slice(0, MAX_HISTORY),
      });
    }),
    takeSettings: assign(({ event, context }) => ({
      settings: event.type === 'SETTINGS' ? event.settings : context.settings,
    })),
  },
}).createMachine({
  context: { settings: DEFAULT_SETTINGS, verdict: undefined, cause: 'not-enrolled', history: [] },
  initial: 'starting',
  on: {
    OUT_OF_SERVICE: {
      target: '.outOfService',
      actions: assign({ cause: ({ event }) => event.cause, verdict: undefined }),
    },
    SETTINGS: { actions: 'takeSettings' },
  },
  states: {
    starting: { on: { IN_SERVICE: 'inviting' } },
    outOfService: {
      on: {
        IN_SERVICE: 'inviting',
        // already out of service: the cause may change, the state stays
        OUT_OF_SERVICE: { actions: assign({ cause: ({ event }) => event.cause }) },
        SETTINGS: { target: 'outOfService', reenter: true, actions: 'takeSettings' },
      },
      after: { SETTINGS_KEPT_MS: { actions: 'forget' } },
    },
    inviting: {
      on: {
        SCANNED: 'checking',
        SETTINGS: { target: 'inviting', reenter: true, actions: 'takeSettings' },
      },
      after: { SETTINGS_KEPT_MS: { target: 'inviting', reenter: true, actions: 'forget' } },
    },
    checking: {
      entry: 'forgetVerdict',
      on: { VERDICT: { target: 'verdict', actions: 'show' } },
    },
    verdict: {
      on: {
        SCANNED: 'checking',
        DISMISS: { target: 'inviting', actions: 'forget' },
      },
      after: { VERDICT_SHOWN_MS: { target: 'inviting', actions: 'forget' } },
    },
  },
});

function past({ number, at, outcome, reason, licence }: ShownVerdict): PastVerdict {
  return { number, at, outcome, reason, ...(licence ? { kind: licence.kind } : {}) };
}
