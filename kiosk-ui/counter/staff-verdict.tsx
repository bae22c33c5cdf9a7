import { type Language, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { Countdown } from '../kit/countdown.tsx';
import { FieldList } from '../kit/field-list.tsx';
import type { VerdictOf } from '../kit/live-screen.tsx';
import { OutcomeHeadline } from '../kit/outcome-headline.tsx';

export interface StaffVerdictProps {
  readonly screen: VerdictOf;
  readonly language: Language;
  readonly clearsAt?: number | undefined;
  readonly onClear: () => void;
}

/** The answer for the person behind the counter: the fields to compare, and the code to tell the help desk. */
export function StaffVerdict({ screen, language, clearsAt, onClear }: StaffVerdictProps) {
  const words = wording[language];
  const reason = words.staff.reasons[screen.reason];
  const fields = screen.fields.map(({ label, value }) => ({ label: label[language], value }));
  return (
    <div class={`verdict outcome-${screen.outcome}`}>
      <OutcomeHeadline outcome={screen.outcome} title={reason.title} language={language} />
      <div class="verdict-body">
        <div class="meaning">
          <p class="lead">{reason.sentence}</p>
          <p>{reason.todo}</p>
        </div>
        {screen.kind && <h2 class="kind">{screen.kind[language]}</h2>}
        <FieldList fields={fields} />
        {screen.doubtful.map((number) => (
          <p key={number} class="doubtful">
            {words.staff.doubtful[number]}
          </p>
        ))}
      </div>
      <footer class="verdict-foot">
        <p class="reason-code">
          {words.counter.reasonCode} <code>{screen.reason}</code>
        </p>
        {clearsAt !== undefined && <Countdown endsAt={clearsAt} words={words.verdict.clearsIn} />}
        <Button look="primary" onPress={onClear}>
          {words.counter.clear} <kbd>Esc</kbd>
        </Button>
      </footer>
    </div>
  );
}
