import { LiveScreen } from '../kit/live-screen.tsx';
import { Notices } from '../kit/notices.tsx';
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
        <LiveScreen
          face="kiosk"
          shown={shown}
          inviting={(language) => <Invitation language={language} />}
          checking={(language) => <Checking language={language} />}
          verdict={(screen, language, clearsAt) => (
            <VerdictScreen
              key={screen.number}
              screen={screen}
              language={language}
              clearsAt={clearsAt}
              onDone={() => onCommand({ type: 'dismiss' })}
            />
          )}
        />
      </ScreenMain>
      <Notices language={language} view={shown.link === 'live' ? shown.view : undefined} remark={remark} />
    </div>
  );
}
