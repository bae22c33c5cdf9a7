import { useState } from 'preact/hooks';
import { type Command, type Language, type LookUpNumber, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/card.tsx';
import { TextField } from '../kit/text-field.tsx';

/** Of 统一社会信用代码 (GB 32100) and of 公民身份号码 (GB 11643). */
const NUMBER_LENGTH = 18;

export interface LookUpProps {
  readonly numbers: readonly LookUpNumber[];
  readonly language: Language;
  readonly onCommand: (command: Command) => void;
}

/** Asks the city for licences by a number. The holder's consent is asked for anew each time. */
export function LookUp({ numbers, language, onCommand }: LookUpProps) {
  const words = wording[language].desk.lookUp;
  const [by, setBy] = useState(numbers[0]);
  const [value, setValue] = useState('');
  const [consent, setConsent] = useState(false);
  const ready = by !== undefined && consent && value.trim().length === NUMBER_LENGTH;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    onCommand({ type: 'look-up', by, value: value.trim().toUpperCase(), consent });
    setValue('');
    setConsent(false);
  };
  return (
    <Card title={words.title} class="look-up">
      <form onSubmit={submit}>
        {numbers.length > 1 && (
          <fieldset class="segments">
            {numbers.map((number) => (
              <Button key={number} pressed={number === by} onPress={() => setBy(number)}>
                {words.numbers[number]}
              </Button>
            ))}
          </fieldset>
        )}
        <TextField
          label={by ? words.numbers[by] : ''}
          value={value}
          onChange={setValue}
          maxLength={NUMBER_LENGTH}
        />
        <label class="consent">
          <input
            type="checkbox"
            checked={consent}
            onChange={(event) => setConsent(event.currentTarget.checked)}
          />
          <span>
            <strong>{words.consent}</strong>
            <small>{words.consentHint}</small>
          </span>
        </label>
        <Button look="primary" submits disabled={!ready}>
          {words.submit}
        </Button>
      </form>
    </Card>
  );
}
