import type { WithdrawnState } from '../issuing/state-register.ts';
import type { Condition, ShownCondition } from './condition.ts';
import type { HeldLicence } from './held-licence.ts';

/** What is revoked or suspended now, by cti in hex. */
export type Withdrawn = ReadonlyMap<string, WithdrawnState>;

/** A terminal says of these that they are withdrawn; that a licence is out of its time it says first. */
const WITHDRAWAL_SHOWS: readonly Condition[] = ['valid', 'static', 'revoked', 'suspended'];

/** How a licence stands now, as a terminal would say: the licence first, then the delegation (licence-code.md, Order of checks). */
export function shownCondition(held: HeldLicence, withdrawn: Withdrawn): ShownCondition {
  const licence = licenceCondition(held, withdrawn);
  if (!held.delegation || licence !== 'valid') return licence;
  if (held.condition === 'delegation-expired') return held.condition;
  return withdrawn.has(held.delegation.cti) ? 'delegation-revoked' : held.condition;
}

function licenceCondition({ licence: { condition }, cti }: HeldLicence, withdrawn: Withdrawn): Condition {
  if (!WITHDRAWAL_SHOWS.includes(condition)) return condition;
  // a suspended one may have been resumed
  return withdrawn.get(cti) ?? (condition === 'static' ? 'static' : 'valid');
}
