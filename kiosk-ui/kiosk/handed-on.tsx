import { type Language, wording } from '../../terminal/contract.ts';
import { FieldList } from '../kit/field-list.tsx';
import { Icon } from '../kit/icon.tsx';
import type { ScreenOf } from '../kit/live-screen.tsx';

export interface HandedOnProps {
  readonly screen: ScreenOf<'handed-on'>;
  readonly language: Language;
}

/** Who has taken what was checked, for which business, and what the person does now. */
export function HandedOn({ screen, language }: HandedOnProps) {
  const words = wording[language].session.handedOn;
  const business = screen.business?.[language];
  return (
    <div class="message handed-on" role="status">
      <span class="message-seal">
        <Icon name="accepted" />
      </span>
      <h1>{words.headline}</h1>
      <FieldList
        fields={[
          { label: words.receiver, value: screen.receiver },
          ...(business ? [{ label: words.business, value: business }] : []),
        ]}
      />
      <p class="lead">{words.todo}</p>
    </div>
  );
}
