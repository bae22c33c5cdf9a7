import { Icon, type IconName } from '../../kiosk-ui/kit/icon.tsx';
import type { Condition } from '../demo/condition.ts';
import type { PhoneLanguage } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';

export interface ConditionProps {
  readonly condition: Condition;
  readonly language: PhoneLanguage;
}

type Tone = Extract<IconName, 'accepted' | 'rejected' | 'undetermined'>;

/** A licence's condition in a word. */
export function Chip({ condition, language }: ConditionProps) {
  return <span class={`chip tone-${toneOf(condition)}`}>{PHONE_WORDS[language].chip[condition]}</span>;
}

/** What a terminal should say to it. @param screenshot whether it is shown as one, which changes that. */
export function Expectation({
  condition,
  language,
  screenshot,
}: ConditionProps & { readonly screenshot: boolean }) {
  const words = PHONE_WORDS[language];
  const tone = screenshot && condition === 'valid' ? 'rejected' : toneOf(condition);
  return (
    <section class={`expectation tone-${tone}`} data-condition={condition}>
      <Icon name={tone} />
      <p>
        <strong>{words.expectation}</strong>
        {screenshot && condition !== 'static' ? words.screenshotNote : words.note[condition]}
      </p>
    </section>
  );
}

/** A static code is accepted by some services and refused by others. */
function toneOf(condition: Condition): Tone {
  if (condition === 'valid') return 'accepted';
  return condition === 'static' ? 'undetermined' : 'rejected';
}
