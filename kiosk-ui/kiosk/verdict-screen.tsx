import { type Command, type Language, wording } from '../../terminal/contract.ts';
import { Icon } from '../kit/icon.tsx';
import type { ScreenOf } from '../kit/live-screen.tsx';
import { OutcomeHeadline } from '../kit/outcome-headline.tsx';
import { LicenceCard } from './licence-card.tsx';
import { PersonFoot } from './person-foot.tsx';

/** With more fields than this the answer's field of colour steps back, so that the licence has the room. */
const FEW_FIELDS = 4;

export interface VerdictScreenProps {
  readonly screen: ScreenOf<'verdict'>;
  readonly language: Language;
  readonly clearsAt: number | undefined;
  readonly onCommand: (command: Command) => void;
}

/** The answer: what it is, what it means, what to do now, and when it goes away. */
export function VerdictScreen({ screen, language, clearsAt, onCommand }: VerdictScreenProps) {
  const words = wording[language];
  const reason = words.reasons[screen.reason];
  const fields = screen.fields.map(({ label, value }) => ({ label: label[language], value }));
  return (
    <div class={`verdict outcome-${screen.outcome}${fields.length > FEW_FIELDS ? ' verdict-compact' : ''}`}>
      <OutcomeHeadline outcome={screen.outcome} title={reason.title} language={language} />
      <div class="verdict-body">
        {fields.length === 0 && screen.kind && <p class="kind">{screen.kind[language]}</p>}
        <p class="lead">{reason.sentence}</p>
        {fields.length > 0 && (
          <LicenceCard
            title={screen.kind?.[language] ?? words.verdict.fieldsLabel}
            fields={fields}
            words={words.verdict}
          />
        )}
        <div class="todo">
          <Icon name={screen.outcome === 'accepted' ? 'onward' : 'staffed-counter'} />
          <div>
            <h2>{words.verdict.todoLabel}</h2>
            <p>{reason.todo}</p>
          </div>
        </div>
      </div>
      <PersonFoot
        remaining={screen}
        clearsAt={clearsAt}
        language={language}
        onCommand={onCommand}
        back
        next={
          screen.offers.includes('choose-business')
            ? { words: words.session.business.choose, onPress: () => onCommand({ type: 'choose-business' }) }
            : undefined
        }
      />
    </div>
  );
}
