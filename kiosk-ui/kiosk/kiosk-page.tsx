import type { Command } from '../../terminal/contract.ts';
import type { Shown } from '../kit/link-state.ts';
import { Notices } from '../kit/notices.tsx';
import { OutOfUse } from '../kit/out-of-use.tsx';
import { ScreenMain } from '../kit/screen-main.tsx';
import type { PageProps } from '../kit/terminal-page.tsx';
import { Checking } from './checking.tsx';
import { Invitation } from './invitation.tsx';
import { TopBar } from './top-bar.tsx';
import { VerdictScreen } from './verdict-screen.tsx';

/** The patients' page: one person, one code, one answer. */
export function KioskPage({ shown, remark, onCommand }: PageProps) {
  const { language } = shown.settings;
  return (
    <div class="page kiosk">
      <TopBar shown={shown} onCommand={onCommand} />
      <ScreenMain shown={shown}>
        <CurrentScreen shown={shown} onCommand={onCommand} />
      </ScreenMain>
      <Notices language={language} view={shown.link === 'live' ? shown.view : undefined} remark={remark} />
    </div>
  );
}

interface CurrentScreenProps {
  readonly shown: Shown;
  readonly onCommand: (command: Command) => void;
}

function CurrentScreen({ shown, onCommand }: CurrentScreenProps) {
  const { language } = shown.settings;
  if (shown.link === 'lost') return <OutOfUse language={language} cause="not-answering" />;
  if (shown.link === 'opening') return <OutOfUse language={language} cause="starting" />;
  const { screen } = shown.view;
  switch (screen.name) {
    case 'starting':
      return <OutOfUse language={language} cause="starting" />;
    case 'out-of-service':
      return <OutOfUse language={language} cause={screen.cause} />;
    case 'inviting':
      return <Invitation language={language} />;
    case 'checking':
      return <Checking language={language} />;
    case 'verdict':
      return (
        <VerdictScreen
          key={screen.number}
          screen={screen}
          language={language}
          clearsAt={shown.clearsAt}
          onDone={() => onCommand({ type: 'dismiss' })}
        />
      );
    default:
      return screen satisfies never;
  }
}
