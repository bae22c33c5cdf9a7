import { useEffect, useRef } from 'preact/hooks';
import {
  type Command,
  type Language,
  type RevealReason,
  type ShownField,
  wording,
} from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';

export interface RevealQuestionProps {
  readonly field: ShownField;
  readonly reasons: readonly RevealReason[];
  readonly language: Language;
  readonly onCommand: (command: Command) => void;
  readonly onClose: () => void;
}

/** Why a masked field is to be shown whole: the answer shows it, and goes on record. */
export function RevealQuestion({ field, reasons, language, onCommand, onClose }: RevealQuestionProps) {
  const { reveal: words, cancel } = wording[language].desk;
  const panel = useRef<HTMLFieldSetElement>(null);
  // the button that asked is no longer there to hold the focus
  useEffect(() => panel.current?.querySelector('button')?.focus(), []);
  const { masked } = field;
  if (masked === undefined) return null;
  return (
    <fieldset
      class="reveal"
      ref={panel}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <legend>{words.question(field.label[language])}</legend>
      <p>{words.recorded}</p>
      <div class="reveal-reasons">
        {reasons.map((reason) => (
          <Button
            key={reason}
            onPress={() => {
              onClose();
              onCommand({ type: 'reveal', label: masked, reason });
            }}
          >
            {words.reasons[reason]}
          </Button>
        ))}
        <Button onPress={onClose}>{cancel}</Button>
      </div>
    </fieldset>
  );
}
