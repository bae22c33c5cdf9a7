import { type Language, type Outcome, wording } from '../../terminal/contract.ts';
import { Engraving } from './engraving.tsx';
import { Icon } from './icon.tsx';

export interface OutcomeHeadlineProps {
  readonly outcome: Outcome;
  /** The reason in a few words, as this face says it. */
  readonly title: string;
  readonly language: Language;
}

/** The verdict that can be read from across the room: a field of colour, a shape, and the words. */
export function OutcomeHeadline({ outcome, title, language }: OutcomeHeadlineProps) {
  const { headline, aside } = wording[language].outcomes[outcome];
  return (
    <div class="outcome-headline" role="alert">
      <span class="seal">
        <Engraving name={outcome} />
        <Icon name={outcome} />
      </span>
      <div class="outcome-words">
        <h1>
          {headline}
          {aside && <span class="aside">{aside}</span>}
        </h1>
        <p class="reason-title">{title}</p>
      </div>
    </div>
  );
}
