import { LiveScreen } from '../kit/live-screen.tsx';
import { Notices } from '../kit/notices.tsx';
import { ScreenMain } from '../kit/screen-main.tsx';
import { ServiceNotice } from '../kit/service-notice.tsx';
import type { PageProps } from '../kit/terminal-page.tsx';
import { KioskScreen } from './kiosk-screen.tsx';
import { TopBar } from './top-bar.tsx';

/** The patients' page: one person, one code, one answer. */
export function KioskPage({ shown, remark, onCommand }: PageProps) {
  const { language } = shown.settings;
  const view = shown.link === 'live' ? shown.view : undefined;
  return (
    <div class="page kiosk">
      <div class="page-head">
        <TopBar shown={shown} onCommand={onCommand} />
        <ServiceNotice view={view} language={language} />
      </div>
      <ScreenMain shown={shown}>
        <LiveScreen
          face="kiosk"
          shown={shown}
          draw={(screen, clearsAt) => (
            <KioskScreen screen={screen} clearsAt={clearsAt} language={language} onCommand={onCommand} />
          )}
        />
      </ScreenMain>
      <Notices face="kiosk" language={language} view={view} remark={remark} />
    </div>
  );
}
