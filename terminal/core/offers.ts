import type { Face, Offer } from '../contract.ts';
import { isFull } from './case.ts';
import type { Revealed, SessionContext } from './session-context.ts';
import { businessesOf, toHandOn } from './session-context.ts';

/**
 * What may be done next with the verdict on the screen.
 *
 * @param staffed whether somebody of the staff is logged in; at the kiosk that changes nothing.
 */
export function offersFor(face: Face, context: SessionContext, staffed: boolean): readonly Offer[] {
  const offers: Offer[] = [];
  if (face === 'counter' && !staffed) return offers;
  if (businessesOf(context).length > 0) offers.push('choose-business');
  if (face === 'kiosk') return offers;
  const { service, case: open } = context;
  if (service?.handsOn && toHandOn(context).length > 0) offers.push('hand-on');
  if (service?.collects === 'case' && !(open && isFull(open))) offers.push('add-another');
  if (hasMasked(context)) offers.push('reveal');
  return offers;
}

function hasMasked({ verdict, revealed }: SessionContext): boolean {
  if (verdict?.outcome !== 'accepted') return false;
  const fields = verdict.licence?.fields ?? [];
  return fields.some(({ masked }) => masked !== undefined && !isRevealed(revealed, masked));
}

function isRevealed(revealed: readonly Revealed[], label: number): boolean {
  return revealed.some((field) => field.label === label);
}
