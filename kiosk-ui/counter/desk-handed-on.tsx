import { type Command, type Language, wording } from '../../terminal/contract.ts';
import type { ScreenOf } from '../kit/live-screen.tsx';
import { Message } from '../kit/message.tsx';
import { DeskFoot } from './desk-foot.tsx';

export interface DeskHandedOnProps {
  readonly screen: ScreenOf<'handed-on'>;
  readonly clearsAt: number | undefined;
  readonly language: Language;
  readonly onCommand: (command: Command) => void;
}

/** Which business system has taken it; the clerk goes on there. */
export function DeskHandedOn({ screen, clearsAt, language, onCommand }: DeskHandedOnProps) {
  const { session, desk } = wording[language];
  const business = screen.business?.[language];
  return (
    <div class="desk-screen">
      <Message
        icon="accepted"
        headline={session.handedOn.headline}
        sentence={business ? `${screen.receiver} · ${business}` : screen.receiver}
        todo={desk.handedOnTodo}
      />
      <DeskFoot
        remaining={screen}
        clearsAt={clearsAt}
        language={language}
        onCommand={onCommand}
        countdown={session.closesIn}
      />
    </div>
  );
}
