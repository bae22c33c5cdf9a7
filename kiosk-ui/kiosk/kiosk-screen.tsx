import { type Command, type Language, wording } from '../../terminal/contract.ts';
import { BusinessChoice } from '../kit/business-choice.tsx';
import type { WorkingScreen } from '../kit/live-screen.tsx';
import { Message } from '../kit/message.tsx';
import { HandedOn } from './handed-on.tsx';
import { Invitation } from './invitation.tsx';
import { PersonFoot } from './person-foot.tsx';
import { VerdictScreen } from './verdict-screen.tsx';
import { Verifying } from './verifying.tsx';

export interface KioskScreenProps {
  readonly screen: WorkingScreen;
  readonly clearsAt: number | undefined;
  readonly language: Language;
  readonly onCommand: (command: Command) => void;
}

/** Each screen of a terminal that is in use, as a patient sees it. */
export function KioskScreen({ screen, clearsAt, language, onCommand }: KioskScreenProps) {
  const words = wording[language].session;
  const foot = { clearsAt, language, onCommand };
  switch (screen.name) {
    case 'inviting':
    // of the two a terminal sends a kiosk neither: staff are at work, and a code may be shown
    case 'choosing':
    case 'scanning':
      return <Invitation language={language} />;
    case 'verifying':
      return (
        <div class="person-screen">
          <Verifying language={language} />
          <PersonFoot {...foot} back />
        </div>
      );
    case 'verdict':
      return <VerdictScreen key={screen.number} screen={screen} {...foot} />;
    case 'choosing-business':
      return (
        <div class="person-screen">
          <BusinessChoice screen={screen} language={language} onCommand={onCommand} />
          <PersonFoot remaining={screen} {...foot} back />
        </div>
      );
    case 'handed-on':
      return (
        <div class="person-screen">
          <HandedOn screen={screen} language={language} />
          <PersonFoot remaining={screen} {...foot} countdown={words.closesIn} />
        </div>
      );
    case 'staffed-counter':
      return (
        <div class="person-screen">
          <Message icon="staffed-counter" {...words.staffedCounter[screen.why]} />
          <PersonFoot remaining={screen} {...foot} back alreadySent countdown={words.closesIn} />
        </div>
      );
    case 'clearing':
      return <Message icon="accepted" {...words.clearing} />;
    case 'maintenance':
      return <Message icon="attention" {...words.maintenance} />;
    default:
      return screen satisfies never;
  }
}
