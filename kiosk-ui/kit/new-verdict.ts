import type { Outcome } from '../../terminal/contract.ts';
import type { Shown } from './link-state.ts';

export interface NewVerdict {
  /** The number to hand in next time. */
  readonly number: number | undefined;
  /** The outcome to sound, once for each verdict. */
  readonly play?: Outcome;
}

/**
 * Whether what is shown is a verdict not sounded yet. A redrawn verdict (another language, a lost connection) keeps its
 * number, and so does one that somebody comes back to; a terminal that waits for the next person starts afresh, since a
 * restarted one may count from the beginning.
 */
export function newVerdict(shown: Shown, lastNumber: number | undefined): NewVerdict {
  if (shown.link !== 'live') return { number: lastNumber };
  const { screen } = shown.view;
  if (screen.name === 'inviting' || screen.name === 'clearing' || screen.name === 'starting')
    return { number: undefined };
  if (screen.name !== 'verdict' || screen.number === lastNumber) return { number: lastNumber };
  return { number: screen.number, play: screen.outcome };
}
