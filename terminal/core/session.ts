import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import { firstContext, PERSON_STATES, type SentToStaff } from './session-context.ts';
import {
  CASE_IDLE_MS,
  CHOOSING_MS,
  HANDED_ON_MS,
  STAFFED_COUNTER_MS,
  VERDICT_SHOWN_MS,
} from './session-limits.ts';
import { sessionSetup } from './session-setup.ts';

export type { SessionContext, SessionInput } from './session-context.ts';
export type { SessionEvent } from './session-event.ts';
export * from './session-limits.ts';

/**
 * A person's time on a screen: calm, then warned for `WARNED_FOR_MS`, then over. More time begins it anew. A code shown
 * meanwhile, or the person saying so, ends the screen at once.
 */
const PERSON_TIME = {
  initial: 'calm',
  states: {
    calm: { after: { CALM_MS: 'warning' } },
    warning: { tags: 'warns', after: { WARNED_FOR_MS: 'over' } },
    over: { type: 'final' },
  },
} as const;

/** What every screen in front of a person takes. */
const PERSON_EVENTS = {
  SCANNED: 'verifying',
  DISMISS: 'clearing',
  MORE_TIME: { target: '.calm', guard: 'extensionsLeft', actions: 'extend' },
  SERVICE_SWITCHED: 'clearing',
  OPEN_CASE: [
    { guard: 'asksWhichMatter', target: 'choosing', actions: ['forget', 'offerMatters'] },
    { guard: 'opensCase', target: 'scanning', actions: ['forget', 'openCase'] },
  ],
} as const;

/** Where a screen's end leads: back to the case, where staff have one open. */
const TO_CASE_OR_CLEARING = [{ guard: 'caseOpen', target: 'scanning' }, { target: 'clearing' }] as const;

const ASK_FOR_STAFF = (from: SentToStaff['from']) =>
  ({
    target: 'staffedCounter',
    actions: { type: 'sendToStaff', params: { why: 'asked', from } },
  }) as const;

const NO_RECEIVER = (from: 'verdict' | 'choosingBusiness' | 'scanning') =>
  ({
    guard: 'thisTurn',
    target: 'staffedCounter',
    actions: { type: 'sendToStaff', params: { why: 'no-receiver', from } },
  }) as const;

/**
 * What one person after the other goes through. Whoever leaves leaves nothing: `clearing`, `inviting`, `outOfService`
 * and `maintenance` know nobody, and there is no way to the next person but through them or by a new code.
 */
export const sessionMachine = sessionSetup.createMachine({
  context: ({ input }) => firstContext(input),
  initial: 'starting',
  on: {
    OUT_OF_SERVICE: { target: '.outOfService', actions: ['forget', 'noteCause'] },
    MAINTENANCE: { target: '.maintenance', actions: ['forget', 'beginMaintenance'] },
    STAFF: { actions: 'noteStaff' },
    SETTINGS: { actions: 'takeSettings' },
    REQUESTED: { actions: 'noteRequest' },
    REQUEST_ENDED: { actions: 'noteRequest' },
  },
  states: {
    /** Before it is known whether the terminal can serve anybody. */
    starting: {
      on: {
        IN_SERVICE: 'inviting',
        SETTINGS: { target: 'starting', reenter: true, actions: 'takeSettings' },
      },
      after: { SETTINGS_KEPT_MS: { actions: 'forget' } },
    },
    outOfService: {
      on: {
        IN_SERVICE: 'inviting',
        // already out of service: the cause may change, the state stays
        OUT_OF_SERVICE: { actions: 'noteCause' },
        SETTINGS: { target: 'outOfService', reenter: true, actions: 'takeSettings' },
      },
      after: { SETTINGS_KEPT_MS: { actions: 'forget' } },
    },
    inviting: {
      entry: 'forgetAllButSettings',
      on: {
        SCANNED: 'verifying',
        OPEN_CASE: [
          { guard: 'asksWhichMatter', target: 'choosing', actions: 'offerMatters' },
          { guard: 'opensCase', target: 'scanning', actions: 'openCase' },
        ],
        ASK_FOR_STAFF: ASK_FOR_STAFF('inviting'),
        SETTINGS: { target: 'inviting', reenter: true, actions: 'takeSettings' },
      },
      after: { SETTINGS_KEPT_MS: { target: 'inviting', reenter: true, actions: 'forget' } },
    },
    choosing: {
      ...PERSON_TIME,
      entry: { type: 'beginTime', params: { ms: CHOOSING_MS } },
      on: {
        ...PERSON_EVENTS,
        CHOOSE: [
          { guard: 'choosesMatter', target: 'scanning', actions: 'openChosenCase' },
          { guard: 'choosesLicence', target: 'verdict', actions: 'takeChosen' },
        ],
        CHOOSE_ALL: { guard: 'choosesAll', target: 'scanning', actions: 'takeAllFound' },
        BACK: TO_CASE_OR_CLEARING,
        ASK_FOR_STAFF: ASK_FOR_STAFF('choosing'),
        // what staff chose from is nobody else's
        STAFF: [{ guard: 'staffLeft', target: 'clearing', actions: 'noteStaff' }, { actions: 'noteStaff' }],
      },
      onDone: TO_CASE_OR_CLEARING,
    },
    scanning: {
      ...PERSON_TIME,
      entry: ['forgetAllButCase', { type: 'beginTime', params: { ms: CASE_IDLE_MS } }],
      on: {
        ...PERSON_EVENTS,
        BACK: { guard: 'caseEmpty', target: 'clearing' },
        HANDED_ON: { guard: 'thisTurn', target: 'handedOn', actions: 'takeHandedOn' },
        NO_RECEIVER: NO_RECEIVER('scanning'),
        ASK_FOR_STAFF: ASK_FOR_STAFF('scanning'),
        STAFF: [{ guard: 'staffLeft', target: 'clearing', actions: 'noteStaff' }, { actions: 'noteStaff' }],
      },
      onDone: 'clearing',
    },
    verifying: {
      entry: ['forgetAllButCase', 'nextTurn'],
      on: {
        VERDICT: { target: 'verdict', actions: 'takeVerdict' },
        CHOICES: [
          { guard: 'oneFound', target: 'verdict', actions: 'takeOnlyChoice' },
          { guard: 'severalFound', target: 'choosing', actions: 'offerLicences' },
          { target: 'clearing' },
        ],
        SERVICE_SWITCHED: 'clearing',
        // what staff looked up is shown to nobody else, whoever logs in next
        STAFF: [{ guard: 'staffLeft', target: 'clearing', actions: 'noteStaff' }, { actions: 'noteStaff' }],
        // a city that takes its time holds nobody at the screen; what comes afterwards reaches nobody
        BACK: 'clearing',
        DISMISS: 'clearing',
        ASK_FOR_STAFF: ASK_FOR_STAFF('inviting'),
      },
      after: { VERIFYING_MS: 'clearing' },
    },
    verdict: {
      ...PERSON_TIME,
      entry: { type: 'beginTime', params: { ms: VERDICT_SHOWN_MS } },
      exit: 'hideRevealed',
      on: {
        ...PERSON_EVENTS,
        BACK: TO_CASE_OR_CLEARING,
        CHOOSE_BUSINESS: { guard: 'hasBusinesses', target: 'choosingBusiness' },
        ADD_ANOTHER: { guard: 'mayAdd', target: 'scanning', actions: 'addAnother' },
        // whoever asked for it has the whole time to read it
        REVEALED: { guard: 'mayReveal', target: '.calm', actions: ['reveal', 'beginAgain'] },
        HANDED_ON: { guard: 'thisTurn', target: 'handedOn', actions: 'takeHandedOn' },
        NO_RECEIVER: NO_RECEIVER('verdict'),
        ASK_FOR_STAFF: ASK_FOR_STAFF('verdict'),
      },
      onDone: TO_CASE_OR_CLEARING,
    },
    choosingBusiness: {
      ...PERSON_TIME,
      entry: { type: 'beginTime', params: { ms: CHOOSING_MS } },
      on: {
        ...PERSON_EVENTS,
        BACK: 'verdict',
        HANDED_ON: { guard: 'thisTurn', target: 'handedOn', actions: 'takeHandedOn' },
        NO_RECEIVER: NO_RECEIVER('choosingBusiness'),
        ASK_FOR_STAFF: ASK_FOR_STAFF('choosingBusiness'),
      },
      onDone: TO_CASE_OR_CLEARING,
    },
    handedOn: {
      ...PERSON_TIME,
      entry: { type: 'beginTime', params: { ms: HANDED_ON_MS } },
      on: {
        ...PERSON_EVENTS,
        BACK: 'clearing',
        ASK_FOR_STAFF: ASK_FOR_STAFF('handedOn'),
      },
      onDone: 'clearing',
    },
    /** 请到人工窗口办理. */
    staffedCounter: {
      ...PERSON_TIME,
      entry: { type: 'beginTime', params: { ms: STAFFED_COUNTER_MS } },
      on: {
        ...PERSON_EVENTS,
        BACK: [
          { guard: { type: 'cameFrom', params: { from: 'verdict' } }, target: 'verdict' },
          { guard: { type: 'cameFrom', params: { from: 'choosingBusiness' } }, target: 'choosingBusiness' },
          { guard: { type: 'cameFrom', params: { from: 'scanning' } }, target: 'scanning' },
          { guard: { type: 'cameFrom', params: { from: 'choosing' } }, target: 'choosing' },
          { guard: { type: 'cameFrom', params: { from: 'handedOn' } }, target: 'handedOn' },
          { guard: { type: 'cameFrom', params: { from: 'inviting' } }, target: 'inviting' },
          { target: 'clearing' },
        ],
      },
      onDone: TO_CASE_OR_CLEARING,
    },
    /** Everything of the last person is forgotten, but the language they read it in, and that when it ends. */
    clearing: {
      entry: 'forgetAllButSettings',
      exit: 'forget',
      on: {
        SCANNED: 'verifying',
        // a clerk is quicker than the screen
        OPEN_CASE: [
          { guard: 'asksWhichMatter', target: 'choosing', actions: 'offerMatters' },
          { guard: 'opensCase', target: 'scanning', actions: 'openCase' },
        ],
        SETTINGS: { target: 'inviting', actions: 'takeSettings' },
      },
      after: { CLEARING_MS: 'inviting' },
    },
    maintenance: {
      exit: 'endMaintenance',
      on: {
        LEAVE_MAINTENANCE: 'starting',
        // nobody is served anyway; afterwards the terminal looks anew
        OUT_OF_SERVICE: {},
        SETTINGS: {},
      },
      after: { MAINTENANCE_MS: 'starting' },
    },
  },
});

export const SESSION_STATES = [
  'starting',
  'outOfService',
  'inviting',
  'verifying',
  'clearing',
  'maintenance',
  ...PERSON_STATES,
] as const;
export type SessionState = (typeof SESSION_STATES)[number];
export type SessionActor = ActorRefFrom<typeof sessionMachine>;
export type SessionSnapshot = SnapshotFrom<typeof sessionMachine>;

/** The state by its own name, without the parts of a person's time. */
export function stateOf(snapshot: SessionSnapshot): SessionState {
  return SESSION_STATES.find((state) => snapshot.matches(state)) ?? 'starting';
}
