import type { Matter, Service } from '../../licence/trust/catalogue.ts';
import type { PastVerdict } from '../contract.ts';
import { addToCase, isFull, type OpenCase } from './case.ts';
import type { HeldVerdict } from './held-verdict.ts';
import { NOBODY, type SentToStaff, type SessionContext } from './session-context.ts';
import type { SessionEvent } from './session-event.ts';
import { MAX_HISTORY } from './session-limits.ts';

/** Forgets all but the settings and, where one is open, the case: for the next code, which may be the same person's. */
export function forScanning(context: SessionContext): Partial<SessionContext> {
  const { settings, case: open } = context;
  return { ...NOBODY, settings, case: open };
}

/** A verdict comes to the screen, into the history and, accepted for a service that collects them, into the case. */
export function withVerdict(
  context: SessionContext,
  verdict: HeldVerdict,
  service: Service | undefined,
): Partial<SessionContext> {
  return {
    ...forScanning(context),
    verdict,
    askedBy: context.request?.id,
    service,
    case: caseWith(context, verdict, service),
    history: historyWith(context, [verdict]),
  };
}

/** The case to go on with: the open one, unless it is another service's; a new one where staff collect for one. */
export function caseFor(
  { case: open, staffed }: SessionContext,
  service: Service | undefined,
): OpenCase | undefined {
  if (!staffed || service?.collects !== 'case') return undefined;
  return open?.service.id === service.id ? open : { service, verdicts: [] };
}

/** The case that holds the licence on the screen, if it was accepted, and has room for another. */
export function caseToAddTo(context: SessionContext): OpenCase | undefined {
  const open = caseFor(context, context.service);
  const filled = open && context.verdict ? addToCase(open, context.verdict) : open;
  return filled && !isFull(filled) ? filled : undefined;
}

function caseWith(
  context: SessionContext,
  verdict: HeldVerdict,
  service: Service | undefined,
): OpenCase | undefined {
  const open = caseFor(context, service);
  // what was refused opens no case
  if (!open || (verdict.outcome !== 'accepted' && open !== context.case)) return undefined;
  return addToCase(open, verdict);
}

/** The list of latest checks with these, the last of them first. */
export function historyWith(
  { history }: SessionContext,
  verdicts: readonly HeldVerdict[],
): readonly PastVerdict[] {
  return [...verdicts.map(past).reverse(), ...history].slice(0, MAX_HISTORY);
}

function past({ number, at, outcome, reason, licence }: HeldVerdict): PastVerdict {
  return { number, at, outcome, reason, ...(licence ? { kind: licence.kind } : {}) };
}

/** The matter chosen by an event; undefined where there is no such choice. */
export function chosenMatter({ choices }: SessionContext, event: SessionEvent): Matter | undefined {
  if (event.type !== 'CHOOSE' || choices?.what !== 'matter') return undefined;
  return choices.matters.find(({ id }) => id === event.id);
}

/** The verdict chosen by an event; undefined where there is no such choice. */
export function chosenVerdict({ choices }: SessionContext, event: SessionEvent): HeldVerdict | undefined {
  if (event.type !== 'CHOOSE' || choices?.what !== 'licence') return undefined;
  return choices.verdicts.find(({ number }) => String(number) === event.id);
}

/** The case with every accepted licence a look-up found; undefined where there is none to take. */
export function withAllFound(context: SessionContext): OpenCase | undefined {
  const { choices } = context;
  if (choices?.what !== 'licence') return undefined;
  const open = caseFor(context, choices.service);
  const accepted = choices.verdicts.filter(({ outcome }) => outcome === 'accepted');
  return accepted.length > 0 ? open && accepted.reduce(addToCase, open) : undefined;
}

/** Whether a screen left before still has what it showed. */
export function canShow(context: SessionContext, state: SentToStaff['from']): boolean {
  switch (state) {
    case 'inviting':
      return true;
    case 'verdict':
    case 'choosingBusiness':
      return context.verdict !== undefined;
    case 'scanning':
      return context.case !== undefined;
    case 'choosing':
      return context.choices !== undefined;
    case 'handedOn':
      return context.handedOn !== undefined;
    default:
      return state satisfies never;
  }
}
