import type { SnapshotFrom } from 'xstate';
import type { Face, Names, Screen, View } from '../contract.ts';
import { type SessionContext, type ShownVerdict, type sessionMachine, VERDICT_SHOWN_MS } from './session.ts';

/** What a view needs besides the session. */
export interface Surroundings {
  readonly service: { readonly id: string; readonly names: Names };
  readonly scanner: View['scanner'];
  readonly city: View['city'];
  readonly monotonicMs: number;
}

/** The whole screen as a function of state; what a face may not see isn't in it. */
export function viewFor(
  face: Face,
  snapshot: SnapshotFrom<typeof sessionMachine>,
  surroundings: Surroundings,
): View {
  const { context } = snapshot;
  const { service, scanner, city, monotonicMs } = surroundings;
  return {
    version: 1,
    face,
    screen: screenOf(face, snapshot.value, context, monotonicMs),
    settings: context.settings,
    service,
    scanner,
    city,
    history: face === 'counter' ? context.history : [],
  };
}

function screenOf(
  face: Face,
  state: SnapshotFrom<typeof sessionMachine>['value'],
  context: SessionContext,
  monotonicMs: number,
): Screen {
  switch (state) {
    case 'starting':
      return { name: 'starting' };
    case 'outOfService':
      return { name: 'out-of-service', cause: context.cause };
    case 'inviting':
      return { name: 'inviting' };
    case 'checking':
      return { name: 'checking' };
    case 'verdict':
      return context.verdict ? verdictScreen(face, context.verdict, monotonicMs) : { name: 'inviting' };
    default:
      state satisfies never;
      return { name: 'starting' };
  }
}

/** Patients see fields only when accepted; staff also the kind and masked holder of what was refused. */
export function verdictScreen(face: Face, verdict: ShownVerdict, monotonicMs: number): Screen {
  const { number, outcome, reason, licence, shownAt } = verdict;
  const accepted = outcome === 'accepted';
  const visible = licence && (accepted || face === 'counter') ? licence : undefined;
  return {
    name: 'verdict',
    number,
    outcome,
    reason,
    ...(visible ? { kind: visible.kind } : {}),
    fields: visible ? (accepted ? visible.fields : visible.holder) : [],
    doubtful: face === 'counter' && visible ? visible.doubtful : [],
    clearsInMs: Math.max(0, VERDICT_SHOWN_MS - (monotonicMs - shownAt)),
  };
}
