import { useEffect } from 'preact/hooks';
import { wording } from '../../terminal/contract.ts';
import { LiveScreen } from '../kit/live-screen.tsx';
import { Mark } from '../kit/mark.tsx';
import { Notices } from '../kit/notices.tsx';
import { ScreenMain } from '../kit/screen-main.tsx';
import { SettingsBar } from '../kit/settings-bar.tsx';
import type { PageProps } from '../kit/terminal-page.tsx';
import { LatestChecks } from './latest-checks.tsx';
import { Ready } from './ready.tsx';
import { StaffVerdict } from './staff-verdict.tsx';
import { TerminalState } from './terminal-state.tsx';

/** The staff's page: the live answer, the state of the terminal, and what was checked last. */
export function CounterPage({ shown, remark, onCommand }: PageProps) {
  const { settings } = shown;
  const words = wording[settings.language];
  const view = shown.link === 'live' ? shown.view : undefined;
  const verdictUp = view?.screen.name === 'verdict';

  useEffect(() => {
    if (!verdictUp) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onCommand({ type: 'dismiss' });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [verdictUp, onCommand]);

  return (
    <div class="page counter">
      <header class="top-bar">
        <div class="brand">
          <Mark />
          <div class="brand-words">
            <span class="brand-name">
              {words.product} {words.counter.title}
            </span>
            {view && <span class="service-name">{view.service.names[settings.language]}</span>}
          </div>
        </div>
        {view && (
          <SettingsBar
            settings={settings}
            onChange={(changed) => onCommand({ type: 'settings', settings: changed })}
          />
        )}
      </header>
      <ScreenMain shown={shown}>
        <LiveScreen
          face="counter"
          shown={shown}
          inviting={(language) => <Ready language={language} busy={false} />}
          checking={(language) => <Ready language={language} busy={true} />}
          verdict={(screen, language, clearsAt) => (
            <StaffVerdict
              key={screen.number}
              screen={screen}
              language={language}
              clearsAt={clearsAt}
              onClear={() => onCommand({ type: 'dismiss' })}
            />
          )}
        />
      </ScreenMain>
      {view && (
        <aside class="side">
          <TerminalState view={view} />
          <LatestChecks history={view.history} language={settings.language} />
        </aside>
      )}
      <Notices language={settings.language} view={view} remark={remark} />
    </div>
  );
}
