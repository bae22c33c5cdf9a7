import { useEffect } from 'preact/hooks';
import { type Command, wording } from '../../terminal/contract.ts';
import type { Shown } from '../kit/link-state.ts';
import { Mark } from '../kit/mark.tsx';
import { Notices } from '../kit/notices.tsx';
import { OutOfUse } from '../kit/out-of-use.tsx';
import { ScreenMain } from '../kit/screen-main.tsx';
import { SettingsBar } from '../kit/settings-bar.tsx';
import type { PageProps } from '../kit/terminal-page.tsx';
import { Ready } from './ready.tsx';
import { ShiftHistory } from './shift-history.tsx';
import { StaffVerdict } from './staff-verdict.tsx';
import { TerminalState } from './terminal-state.tsx';

/** The staff's page: the live answer, the state of the terminal, and what was checked in this shift. */
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
        <LiveScreen shown={shown} onCommand={onCommand} />
      </ScreenMain>
      {view && (
        <aside class="side">
          <TerminalState view={view} />
          <ShiftHistory history={view.history} language={settings.language} />
        </aside>
      )}
      <Notices language={settings.language} view={view} remark={remark} />
    </div>
  );
}

interface LiveScreenProps {
  readonly shown: Shown;
  readonly onCommand: (command: Command) => void;
}

function LiveScreen({ shown, onCommand }: LiveScreenProps) {
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
      return <Ready language={language} busy={false} />;
    case 'checking':
      return <Ready language={language} busy={true} />;
    case 'verdict':
      return (
        <StaffVerdict
          key={screen.number}
          screen={screen}
          language={language}
          clearsAt={shown.clearsAt}
          onClear={() => onCommand({ type: 'dismiss' })}
        />
      );
    default:
      return screen satisfies never;
  }
}
