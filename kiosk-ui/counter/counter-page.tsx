import { useEffect } from 'preact/hooks';
import { wording } from '../../terminal/contract.ts';
import { LiveScreen } from '../kit/live-screen.tsx';
import { Mark } from '../kit/mark.tsx';
import { Notices } from '../kit/notices.tsx';
import { ScreenMain } from '../kit/screen-main.tsx';
import { ServiceNotice } from '../kit/service-notice.tsx';
import { SettingsBar } from '../kit/settings-bar.tsx';
import type { PageProps } from '../kit/terminal-page.tsx';
import { CounterScreen } from './counter-screen.tsx';
import { ServiceMenu } from './service-menu.tsx';
import { Side } from './side.tsx';

/** The staff's page: the live answer, the work that follows it, and what the verdicts rest on. */
export function CounterPage({ shown, remark, onCommand, onLogin, onLogOut }: PageProps) {
  const { settings } = shown;
  const { language } = settings;
  const words = wording[language];
  const view = shown.link === 'live' ? shown.view : undefined;
  const somebodysScreen = view !== undefined && 'clearsInMs' in view.screen;

  useEffect(() => {
    if (!somebodysScreen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onCommand({ type: 'dismiss' });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [somebodysScreen, onCommand]);

  return (
    <div class="page counter">
      <div class="page-head">
        <header class="top-bar">
          <div class="brand">
            <Mark />
            <div class="brand-words">
              <span class="brand-name">
                {words.product} {words.counter.title}
              </span>
              {view && <span class="service-name">{view.service.names[language]}</span>}
            </div>
          </div>
          {view && (
            <div class="top-bar-tools">
              <ServiceMenu view={view} onCommand={onCommand} />
              <SettingsBar
                settings={settings}
                onChange={(changed) => onCommand({ type: 'settings', settings: changed })}
              />
            </div>
          )}
        </header>
        <ServiceNotice view={view} language={language} />
      </div>
      <ScreenMain shown={shown}>
        <LiveScreen
          face="counter"
          shown={shown}
          draw={(screen, clearsAt) => (
            <CounterScreen
              screen={screen}
              clearsAt={clearsAt}
              language={language}
              desk={view?.desk}
              onCommand={onCommand}
              onLogOut={onLogOut}
            />
          )}
        />
      </ScreenMain>
      {view && <Side view={view} onLogin={onLogin} onLogOut={onLogOut} />}
      <Notices face="counter" language={language} view={view} remark={remark} />
    </div>
  );
}
