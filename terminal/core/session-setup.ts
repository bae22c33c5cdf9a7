import { assign, setup } from 'xstate';
import {
  businessesOf,
  NOBODY,
  type SentToStaff,
  type SessionContext,
  type SessionInput,
} from './session-context.ts';
import type { SessionEvent } from './session-event.ts';
import {
  CLEARING_MS,
  MAINTENANCE_MS,
  MAX_EXTENSIONS,
  SETTINGS_KEPT_MS,
  VERIFYING_MS,
  WARNED_FOR_MS,
} from './session-limits.ts';
import {
  canShow,
  caseFor,
  caseToAddTo,
  chosenMatter,
  chosenVerdict,
  forScanning,
  historyWith,
  withAllFound,
  withVerdict,
} from './session-steps.ts';

/** What the session machine is made of: its delays, its guards, and what its transitions do to the context. */
export const sessionSetup = setup({
  types: {
    context: {} as SessionContext,
    events: {} as SessionEvent,
    input: {} as SessionInput,
    tags: {} as 'warns',
  },
  delays: {
    /** A person's time on a screen before the warning. */
    CALM_MS: ({ context }) => context.allowed - WARNED_FOR_MS,
    WARNED_FOR_MS,
    CLEARING_MS,
    VERIFYING_MS,
    SETTINGS_KEPT_MS,
    MAINTENANCE_MS,
  },
  guards: {
    thisTurn: ({ context, event }) => 'turn' in event && event.turn === context.turn,
    mayReveal: ({ context, event }) =>
      event.type === 'REVEALED' &&
      event.turn === context.turn &&
      context.staffed &&
      context.verdict?.outcome === 'accepted',
    extensionsLeft: ({ context }) => context.extensions < MAX_EXTENSIONS,
    caseOpen: ({ context }) => context.case !== undefined,
    caseEmpty: ({ context }) => context.case?.verdicts.length === 0,
    mayAdd: ({ context }) => caseToAddTo(context) !== undefined,
    hasBusinesses: ({ context }) => businessesOf(context).length > 0,
    staffLeft: ({ event }) => event.type === 'STAFF' && !event.present,
    opensCase: ({ context, event }) =>
      event.type === 'OPEN_CASE' && caseFor(context, event.service) !== undefined,
    oneFound: ({ context, event }) =>
      context.staffed && event.type === 'CHOICES' && event.verdicts.length === 1,
    severalFound: ({ context, event }) =>
      context.staffed && event.type === 'CHOICES' && event.verdicts.length > 1,
    asksWhichMatter: ({ context, event }) =>
      event.type === 'OPEN_CASE' && event.matters.length > 1 && caseFor(context, event.service) !== undefined,
    choosesMatter: ({ context, event }) => chosenMatter(context, event) !== undefined,
    choosesAll: ({ context }) => withAllFound(context) !== undefined,
    choosesLicence: ({ context, event }) => chosenVerdict(context, event) !== undefined,
    /** Whether the screen they were sent to staff from still has what it showed. */
    cameFrom: ({ context }, { from }: { readonly from: SentToStaff['from'] }) =>
      context.sentToStaff?.from === from && canShow(context, from),
  },
  actions: {
    beginTime: assign(({ context }, { ms }: { readonly ms: number }) => ({
      since: context.monotonic(),
      allowed: ms,
      extensions: 0,
    })),
    beginAgain: assign(({ context }) => ({ since: context.monotonic() })),
    extend: assign(({ context }) => ({ since: context.monotonic(), extensions: context.extensions + 1 })),
    forget: assign(({ context }) => ({ ...NOBODY, turn: context.turn + 1 })),
    forgetAllButSettings: assign(({ context }) => ({
      ...NOBODY,
      settings: context.settings,
      turn: context.turn + 1,
    })),
    forgetAllButCase: assign(({ context }) => forScanning(context)),
    nextTurn: assign({ turn: ({ context }) => context.turn + 1 }),
    takeSettings: assign(({ context, event }) =>
      event.type === 'SETTINGS' ? { settings: event.settings } : { settings: context.settings },
    ),
    takeVerdict: assign(({ context, event }) =>
      event.type === 'VERDICT' ? withVerdict(context, event.verdict, event.service) : {},
    ),
    takeOnlyChoice: assign(({ context, event }) => {
      if (event.type !== 'CHOICES') return {};
      const [verdict] = event.verdicts;
      return verdict ? withVerdict(context, verdict, event.service) : {};
    }),
    takeChosen: assign(({ context, event }) => {
      const verdict = chosenVerdict(context, event);
      return verdict ? withVerdict(context, verdict, context.choices?.service) : {};
    }),
    takeAllFound: assign(({ context }) => ({
      case: withAllFound(context),
      history: historyWith(context, context.choices?.what === 'licence' ? context.choices.verdicts : []),
    })),
    offerLicences: assign(({ context, event }) => {
      if (event.type !== 'CHOICES') return {};
      const { verdicts, service } = event;
      return { ...forScanning(context), choices: { what: 'licence', verdicts, service } as const };
    }),
    offerMatters: assign(({ event }) => {
      if (event.type !== 'OPEN_CASE') return {};
      const { service, matters } = event;
      return { choices: { what: 'matter', service, matters } as const };
    }),
    openCase: assign(({ event }) => {
      if (event.type !== 'OPEN_CASE') return {};
      const { service } = event;
      const [matter] = event.matters;
      return { case: { service, ...(matter ? { matter } : {}), verdicts: [] } };
    }),
    openChosenCase: assign(({ context, event }) => {
      const matter = chosenMatter(context, event);
      const { service } = context.choices ?? {};
      return {
        ...forScanning(context),
        ...(matter && service ? { case: { service, matter, verdicts: [] } } : {}),
      };
    }),
    addAnother: assign(({ context }) => ({ case: caseToAddTo(context) })),
    reveal: assign(({ context, event }) => {
      if (event.type !== 'REVEALED') return {};
      const { label, value } = event;
      return { revealed: [...context.revealed.filter((field) => field.label !== label), { label, value }] };
    }),
    hideRevealed: assign({ revealed: [] }),
    takeHandedOn: assign(({ context, event }) => {
      if (event.type !== 'HANDED_ON') return {};
      const { receiver, business } = event;
      const handedOn = { receiver, ...(business ? { business } : {}) };
      return { ...NOBODY, settings: context.settings, handedOn, turn: context.turn + 1 };
    }),
    sendToStaff: assign((_, sentToStaff: SentToStaff) => ({ sentToStaff })),
    noteStaff: assign(({ event }) => {
      if (event.type !== 'STAFF') return {};
      return event.present
        ? { staffed: true }
        : { staffed: false, case: undefined, choices: undefined, revealed: [] };
    }),
    noteCause: assign(({ event }) => (event.type === 'OUT_OF_SERVICE' ? { cause: event.cause } : {})),
    noteRequest: assign(({ event }) => ({
      request: event.type === 'REQUESTED' ? event.request : undefined,
    })),
    beginMaintenance: assign(({ event }) =>
      event.type === 'MAINTENANCE' ? { maintenance: event.staff } : {},
    ),
    endMaintenance: assign({ maintenance: undefined }),
  },
});
