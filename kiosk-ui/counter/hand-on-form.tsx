import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Command, type Language, MAX_CASE_NO, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { TextField } from '../kit/text-field.tsx';

export interface HandOnFormProps {
  readonly language: Language;
  readonly onCommand: (command: Command) => void;
  /** Other things to do with the same licence. */
  readonly children?: ComponentChildren;
}

/** Hands on what is on the screen, or the case, with the business system's number for it where there is one. */
export function HandOnForm({ language, onCommand, children }: HandOnFormProps) {
  const words = wording[language].desk.handOn;
  const [caseNo, setCaseNo] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    const given = caseNo.trim();
    onCommand(given ? { type: 'hand-on', caseNo: given } : { type: 'hand-on' });
  };
  return (
    <form class="desk-actions" aria-label={words.title} onSubmit={submit}>
      <TextField
        label={`${words.caseNo} (${words.optional})`}
        value={caseNo}
        onChange={setCaseNo}
        maxLength={MAX_CASE_NO}
      />
      <Button look="primary" submits>
        {words.title}
      </Button>
      {children}
    </form>
  );
}
