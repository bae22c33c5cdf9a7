import { Icon, type IconName } from '../../kiosk-ui/kit/icon.tsx';
import type { ShownCondition } from '../demo/condition.ts';
import type { PhoneLanguage } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';

export interface ConditionProps {
  readonly condition: ShownCondition;
  readonly language: PhoneLanguage;
}

type Tone = Extract<IconName, 'accepted' | 'rejected' | 'undetermined'>;

/** A licence's condition in a word. */
export function Chip({ condition, language }: ConditionProps) {
  return <span class={`chip tone-${toneOf(condition)}`}>{PHONE_WORDS[language].chip[condition]}</span>;
}

/** What a terminal should say to it. @param delegated whether it is another's. @param screenshot whether it is shown as one, which changes that. */
export function Expectation({
  condition,
  language,
  delegated,
  screenshot,
}: ConditionProps & { readonly delegated: boolean; readonly screenshot: boolean }) {
  const words = PHONE_WORDS[language];
  const note = delegated && condition === 'valid' ? words.delegatedNote : words.note[condition];
  const tone = screenshot && condition === 'valid' ? 'rejected' : toneOf(condition);
  return (
    <section class={`expectation tone-${tone}`} data-condition={condition}>
      <Icon name={tone} />
      <p>
        <strong>{words.expectation}</strong>
        {screenshot && condition !== 'static' ? words.screenshotNote : note}
      </p>
    </section>
  );
}

/** A static code is accepted by some services and refused by others. */
function toneOf(condition: ShownCondition): Tone {
  if (condition === 'valid') return 'accepted';
  return condition === 'static' ? 'undetermined' : 'rejected';
}
