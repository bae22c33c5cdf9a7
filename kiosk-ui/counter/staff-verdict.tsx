import { useState } from 'preact/hooks';
import { type Command, type Desk, type Language, type ShownField, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { FieldList } from '../kit/field-list.tsx';
import type { ScreenOf } from '../kit/live-screen.tsx';
import { OutcomeHeadline } from '../kit/outcome-headline.tsx';
import { DeskFoot } from './desk-foot.tsx';
import { RevealQuestion } from './reveal-question.tsx';
import { VerdictActions } from './verdict-actions.tsx';

export interface StaffVerdictProps {
  readonly screen: ScreenOf<'verdict'>;
  readonly language: Language;
  readonly clearsAt: number | undefined;
  readonly desk: Desk | undefined;
  readonly onCommand: (command: Command) => void;
}

/** The answer for the person behind the counter: the fields to compare, and the code to tell the help desk. */
export function StaffVerdict({ screen, language, clearsAt, desk, onCommand }: StaffVerdictProps) {
  const words = wording[language];
  const reason = words.staff.reasons[screen.reason];
  const [asked, setAsked] = useState<ShownField | undefined>(undefined);
  const mayReveal = desk?.staff !== undefined && screen.offers.includes('reveal');
  const fields = screen.fields.map((field) => ({
    label: field.label[language],
    value: field.value,
    action: mayReveal && field.masked !== undefined && (
      <Button onPress={() => setAsked(field)}>{words.desk.reveal.button}</Button>
    ),
  }));
  return (
    <div class={`verdict outcome-${screen.outcome}`}>
      <OutcomeHeadline outcome={screen.outcome} title={reason.title} language={language} />
      <div class="verdict-body">
        {mayReveal && asked ? (
          <RevealQuestion
            field={asked}
            reasons={desk.revealReasons}
            language={language}
            onCommand={onCommand}
            onClose={() => setAsked(undefined)}
          />
        ) : (
          <>
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
          </>
        )}
      </div>
      <VerdictActions
        offers={screen.offers}
        staff={desk?.staff !== undefined}
        language={language}
        onCommand={onCommand}
      />
      <DeskFoot
        remaining={screen}
        clearsAt={clearsAt}
        language={language}
        onCommand={onCommand}
        {...(screen.case ? { clears: words.desk.case.end } : {})}
      >
        <p class="reason-code">
          {words.counter.reasonCode} <code>{screen.reason}</code>
        </p>
      </DeskFoot>
    </div>
  );
}
