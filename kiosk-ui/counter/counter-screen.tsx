import { type Command, type Desk, type Language, wording } from '../../terminal/contract.ts';
import { BusinessChoice } from '../kit/business-choice.tsx';
import type { WorkingScreen } from '../kit/live-screen.tsx';
import { Message } from '../kit/message.tsx';
import { Choosing } from './choosing.tsx';
import { DeskFoot } from './desk-foot.tsx';
import { DeskHandedOn } from './desk-handed-on.tsx';
import { Maintenance } from './maintenance.tsx';
import { Ready } from './ready.tsx';
import { Scanning } from './scanning.tsx';
import { StaffVerdict } from './staff-verdict.tsx';

export interface CounterScreenProps {
  readonly screen: WorkingScreen;
  readonly clearsAt: number | undefined;
  readonly language: Language;
  readonly desk: Desk | undefined;
  readonly onCommand: (command: Command) => void;
  readonly onLogOut: () => void;
}

/** Each screen of a terminal that is in use, as the person behind the counter sees it. */
export function CounterScreen({ screen, clearsAt, language, desk, onCommand, onLogOut }: CounterScreenProps) {
  const words = wording[language];
  const common = { clearsAt, language, onCommand };
  switch (screen.name) {
    case 'inviting':
    case 'verifying':
      return (
        <Ready language={language} busy={screen.name === 'verifying'} desk={desk} onCommand={onCommand} />
      );
    case 'verdict':
      return <StaffVerdict key={screen.number} screen={screen} desk={desk} {...common} />;
    case 'choosing':
      return <Choosing screen={screen} desk={desk} {...common} />;
    case 'scanning':
      return <Scanning screen={screen} desk={desk} {...common} />;
    case 'choosing-business':
      return (
        <div class="desk-screen">
          <BusinessChoice screen={screen} language={language} onCommand={onCommand} />
          <DeskFoot remaining={screen} {...common} back />
        </div>
      );
    case 'handed-on':
      return <DeskHandedOn screen={screen} {...common} />;
    case 'staffed-counter': {
      const { sentence, todo } = screen.why === 'no-receiver' ? words.desk.noReceiver : words.desk.asked;
      return (
        <div class="desk-screen">
          <Message icon="staffed-counter" headline={sentence} sentence={todo} />
          <DeskFoot remaining={screen} {...common} back countdown={words.session.closesIn} />
        </div>
      );
    }
    case 'clearing':
      return (
        <Message icon="accepted" headline={words.session.clearing.headline} sentence={words.desk.clearing} />
      );
    case 'maintenance':
      return <Maintenance screen={screen} language={language} onEnd={onLogOut} />;
    default:
      return screen satisfies never;
  }
}
