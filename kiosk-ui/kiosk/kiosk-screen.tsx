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
      return <Invitation language={language} />;
    case 'verifying':
      return <Verifying language={language} />;
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
    // the two screens of staff at work on a terminal that patients see: they wait, or show the next code
    case 'choosing':
      return (
        <div class="person-screen">
          <Message icon="clock" {...words.staffAtWork} />
          <PersonFoot remaining={screen} {...foot} />
        </div>
      );
    case 'scanning':
      return (
        <div class="person-screen">
          <Message icon="scanner" {...words.scanning} />
          <PersonFoot remaining={screen} {...foot} />
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
