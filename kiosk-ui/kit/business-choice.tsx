import { type Command, type Language, wording } from '../../terminal/contract.ts';
import { Button } from './button.tsx';
import type { ScreenOf } from './live-screen.tsx';

export interface BusinessChoiceProps {
  readonly screen: ScreenOf<'choosing-business'>;
  readonly language: Language;
  readonly onCommand: (command: Command) => void;
}

/** What a person can be here for, as large buttons in the catalogue's words. */
export function BusinessChoice({ screen, language, onCommand }: BusinessChoiceProps) {
  const words = wording[language].session.business;
  return (
    <div class="choice-body">
      <h1>{words.headline}</h1>
      <p class="lead">{words.sentence}</p>
      <div class="choices">
        {screen.businesses.map(({ type, names }) => (
          <Button key={type} onPress={() => onCommand({ type: 'business', business: type })}>
            {names[language]}
          </Button>
        ))}
      </div>
    </div>
  );
}
