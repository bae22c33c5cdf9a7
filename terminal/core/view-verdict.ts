import type { Face, Offer, Remaining, Screen, ShownCase, ShownField } from '../contract.ts';
import type { HeldVerdict } from './held-verdict.ts';
import type { Revealed } from './session-context.ts';
import type { ShownLicence } from './shown-licence.ts';

/** What a session adds to a verdict. */
export interface VerdictSession {
  readonly offers: readonly Offer[];
  readonly case?: ShownCase;
  /** Fields that staff have had shown whole. */
  readonly revealed: readonly Revealed[];
}

/**
 * Patients see fields only when accepted; staff also the kind and masked holder of what was refused.
 *
 * @param session without one nothing is offered: a verdict that stands for itself.
 */
export function verdictScreen(
  face: Face,
  { number, outcome, reason, licence }: HeldVerdict,
  remaining: Remaining,
  session: VerdictSession = { offers: [], revealed: [] },
): Screen {
  const accepted = outcome === 'accepted';
  const atCounter = face === 'counter';
  const visible = licence && (accepted || atCounter) ? licence : undefined;
  return {
    name: 'verdict',
    number,
    outcome,
    reason,
    ...(visible ? { kind: visible.kind } : {}),
    fields: visible ? fieldsOf(visible, accepted, atCounter ? session : undefined) : [],
    doubtful: atCounter && visible ? visible.doubtful : [],
    offers: session.offers,
    ...(atCounter && session.case ? { case: session.case } : {}),
    ...remaining,
  };
}

function fieldsOf(
  { fields, holder }: ShownLicence,
  accepted: boolean,
  session: VerdictSession | undefined,
): readonly ShownField[] {
  if (!accepted) return forLooking(holder);
  if (!session?.offers.includes('reveal') && !session?.revealed.length) return forLooking(fields);
  return fields.map((field) => {
    const whole = session.revealed.find(({ label }) => label === field.masked);
    return whole ? { label: field.label, value: whole.value } : field;
  });
}

/** Without the numbers to reveal them by. */
export function forLooking(fields: readonly ShownField[]): readonly ShownField[] {
  return fields.map(({ label, value }) => ({ label, value }));
}
