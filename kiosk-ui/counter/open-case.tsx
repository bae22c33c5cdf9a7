import { type Command, type Desk, type Language, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/card.tsx';

export interface OpenCaseProps {
  readonly matters: Desk['matters'];
  readonly language: Language;
  readonly onCommand: (command: Command) => void;
}

/** The matters a case can be opened for. */
export function OpenCase({ matters, language, onCommand }: OpenCaseProps) {
  const words = wording[language].desk.openCase;
  return (
    <Card title={words.title} class="open-case">
      <p>{words.hint}</p>
      <ul>
        {matters.map(({ id, names }) => (
          <li key={id}>
            <Button onPress={() => onCommand({ type: 'begin-case', matter: id })}>{names[language]}</Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
