import { type Command, type Desk, type Language, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import type { ScreenOf } from '../kit/live-screen.tsx';
import { DeskFoot } from './desk-foot.tsx';

export interface ChoosingProps {
  readonly screen: ScreenOf<'choosing'>;
  readonly clearsAt: number | undefined;
  readonly language: Language;
  readonly desk: Desk | undefined;
  readonly onCommand: (command: Command) => void;
}

/** Which matter a case is for, or which of the licences a look-up found; for staff alone. */
export function Choosing({ screen, clearsAt, language, desk, onCommand }: ChoosingProps) {
  const words = wording[language];
  const { choosing } = words.desk;
  return (
    <div class="desk-screen">
      <div class="choice-body">
        <h1>{choosing[screen.what]}</h1>
        {screen.what === 'licence' && <p class="lead">{choosing.hint}</p>}
        {desk?.staff && screen.takesAll && (
          <Button look="primary" onPress={() => onCommand({ type: 'choose-all' })}>
            {choosing.all}
          </Button>
        )}
        {desk?.staff && (
          <div class={`choices choices-${screen.what}`}>
            {screen.choices.map(({ id, names, fields, outcome }) => (
              <Button key={id} onPress={() => onCommand({ type: 'choose', id })}>
                <span class="choice">
                  <strong>{names[language]}</strong>
                  {fields.map(({ label, value }) => (
                    <span key={label.zh} class="choice-field">
                      {label[language]} {value}
                    </span>
                  ))}
                  {outcome && (
                    <span class={`choice-outcome outcome-${outcome}`}>
                      <Icon name={outcome} />
                      {words.outcomes[outcome].short}
                    </span>
                  )}
                </span>
              </Button>
            ))}
          </div>
        )}
      </div>
      <DeskFoot remaining={screen} clearsAt={clearsAt} language={language} onCommand={onCommand} back />
    </div>
  );
}
