import type { CommandRefusal } from '../contract.ts';
import type { NoticeWords } from './wording.ts';

/** What the screens between an invitation and the next one say to the person in front of them. */
export interface SessionWording {
  /** Asked before a screen goes away by itself (WCAG 2.2, 2.2.1). */
  readonly moreTime: {
    readonly question: string;
    readonly button: string;
    /** In place of the question once it can't be put off any more. */
    readonly lastTime: string;
  };
  readonly back: string;
  /** On the button that asks for a staffed counter. */
  readonly askForStaff: string;
  /** For screens that show nothing that was checked. */
  readonly closesIn: (seconds: number) => string;
  readonly business: {
    /** On the verdict's button. */
    readonly choose: string;
    readonly headline: string;
    readonly sentence: string;
  };
  readonly handedOn: {
    readonly headline: string;
    readonly receiver: string;
    readonly business: string;
    readonly todo: string;
  };
  readonly staffedCounter: Record<'asked' | 'no-receiver', NoticeWords>;
  readonly clearing: { readonly headline: string; readonly sentence: string };
  readonly maintenance: NoticeWords;
  /** A case is open and the next code is waited for. */
  readonly scanning: { readonly headline: string; readonly sentence: string };
  /** Why what was pressed was not done, to a patient. */
  readonly refusals: Record<CommandRefusal, string>;
}
