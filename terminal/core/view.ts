import type { Choice, Desk, Face, Names, Remaining, Screen, View } from '../contract.ts';
import { shownCase } from './case.ts';
import type { HeldVerdict } from './held-verdict.ts';
import { offersFor } from './offers.ts';
import { MAX_EXTENSIONS, type SessionSnapshot, stateOf } from './session.ts';
import { businessesOf, type Choices, type SessionContext } from './session-context.ts';
import { withAllFound } from './session-steps.ts';
import { forLooking, verdictScreen } from './view-verdict.ts';

/** What a view needs besides the session. */
export interface Surroundings {
  readonly service: View['service'];
  readonly scanner: View['scanner'];
  readonly city: View['city'];
  readonly monotonicMs: number;
  /** Who of the staff is logged in. */
  readonly staff?: { readonly id: string; readonly name: string };
  /** What there is for staff at this terminal. */
  readonly desk: Omit<Desk, 'staff'>;
}

/** The whole screen as a function of state; what a face may not see isn't in it. */
export function viewFor(face: Face, snapshot: SessionSnapshot, surroundings: Surroundings): View {
  const { context } = snapshot;
  const { service, scanner, city } = surroundings;
  return {
    version: 1,
    face,
    screen: face === 'kiosk' ? kioskScreen(snapshot, surroundings) : screenOf(face, snapshot, surroundings),
    settings: context.settings,
    service,
    scanner,
    city,
    history: face === 'counter' ? context.history : [],
    ...(face === 'counter' ? { desk: deskOf(context, surroundings) } : {}),
  };
}

/** Where staff are at work with what isn't for patients, a patient sees that a code may be shown: so it may. */
function kioskScreen(snapshot: SessionSnapshot, surroundings: Surroundings): Screen {
  const screen = screenOf('kiosk', snapshot, surroundings);
  if (snapshot.context.verdict?.lookedUp && 'clearsInMs' in screen) return { name: 'inviting' };
  switch (screen.name) {
    case 'choosing':
    case 'scanning':
      return { name: 'inviting' };
    case 'maintenance':
      return { name: 'maintenance', staff: '' };
    default:
      return screen;
  }
}

function screenOf(face: Face, snapshot: SessionSnapshot, surroundings: Surroundings): Screen {
  const { context } = snapshot;
  const state = stateOf(snapshot);
  const time = () => remaining(snapshot, surroundings.monotonicMs);
  switch (state) {
    case 'starting':
    case 'inviting':
    case 'verifying':
    case 'clearing':
      return { name: state };
    case 'outOfService':
      return { name: 'out-of-service', cause: context.cause };
    case 'maintenance':
      return { name: 'maintenance', staff: context.maintenance ?? '' };
    case 'choosing':
      return {
        name: 'choosing',
        ...shownChoices(context.choices),
        takesAll: withAllFound(context) !== undefined,
        ...(context.case ? { case: shownCase(context.case) } : {}),
        ...time(),
      };
    case 'scanning':
      return context.case
        ? { name: 'scanning', case: shownCase(context.case), ...time() }
        : { name: 'clearing' };
    case 'verdict':
      return sessionVerdict(face, context, surroundings, time());
    case 'choosingBusiness':
      return {
        name: 'choosing-business',
        businesses: businessesOf(context).map(({ type, names }) => ({ type, names })),
        ...time(),
      };
    case 'handedOn':
      return { name: 'handed-on', receiver: '', ...context.handedOn, ...time() };
    case 'staffedCounter':
      return { name: 'staffed-counter', why: context.sentToStaff?.why ?? 'asked', ...time() };
    default:
      state satisfies never;
      return { name: 'starting' };
  }
}

function sessionVerdict(
  face: Face,
  context: SessionContext,
  surroundings: Surroundings,
  time: Remaining,
): Screen {
  const { verdict, case: open, revealed } = context;
  if (!verdict) return { name: 'clearing' };
  const staffed = staffAt(context, surroundings) !== undefined;
  return verdictScreen(face, verdict, time, {
    offers: offersFor(face, context, staffed),
    ...(staffed && open ? { case: shownCase(open) } : {}),
    revealed: staffed ? revealed : [],
  });
}

function shownChoices(
  choices: Choices | undefined,
): Pick<Extract<Screen, { name: 'choosing' }>, 'what' | 'choices'> {
  if (!choices || choices.what === 'matter') {
    return {
      what: 'matter',
      choices: (choices?.matters ?? []).map(({ id, names }) => ({ id, names, fields: [] })),
    };
  }
  return { what: 'licence', choices: choices.verdicts.map(licenceChoice) };
}

function licenceChoice({ number, outcome, licence }: HeldVerdict): Choice {
  const fields = licence ? (outcome === 'accepted' ? licence.fields : licence.holder) : [];
  return { id: String(number), names: licence?.kind ?? UNKNOWN_KIND, fields: forLooking(fields), outcome };
}

/** Of a licence the catalogue has no name for. */
const UNKNOWN_KIND: Names = { zh: '未知证照', en: 'Unknown licence' };

/** Without anybody logged in there is nothing to do at the desk but check and log in. */
function deskOf(context: SessionContext, surroundings: Surroundings): Desk {
  const staff = staffAt(context, surroundings);
  if (!staff) return { matters: [], lookUps: [], services: [], revealReasons: [] };
  return { staff, ...surroundings.desk };
}

/** Who is at the desk; nobody before the session knows of it, for it forgets what is theirs when they leave. */
function staffAt({ staffed }: SessionContext, { staff }: Surroundings): Surroundings['staff'] {
  return staffed ? staff : undefined;
}

/** What is left of a person's time on the screen. */
function remaining(snapshot: SessionSnapshot, monotonicMs: number): Remaining {
  const { since, allowed, extensions } = snapshot.context;
  return {
    clearsInMs: Math.max(0, Math.round(allowed - (monotonicMs - since))),
    warns: snapshot.hasTag('warns'),
    extensions: MAX_EXTENSIONS - extensions,
  };
}
