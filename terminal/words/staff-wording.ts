import type { Reason } from '../../licence/verdict.ts';
import type { DoubtfulNumber, OutOfServiceCause } from '../contract.ts';
import type { NoticeWords, ReasonWords } from './wording.ts';

/** What the counter says to the person behind it: what happened, and what this clerk can do about it. */
export interface StaffWording {
  readonly reasons: Record<Reason, ReasonWords>;
  /** What to do about a number that isn't formed as it should be. */
  readonly doubtful: Record<DoubtfulNumber, string>;
  readonly starting: NoticeWords;
  readonly outOfService: Record<OutOfServiceCause, NoticeWords>;
  readonly notAnswering: NoticeWords;
}
