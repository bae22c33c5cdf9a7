import { type Command, wording } from '../../terminal/contract.ts';
import type { Shown } from '../kit/link-state.ts';
import { Mark } from '../kit/mark.tsx';
import { SettingsBar } from '../kit/settings-bar.tsx';

export interface TopBarProps {
  readonly shown: Shown;
  readonly onCommand: (command: Command) => void;
}

/** Whose machine this is and what it is for, and the two settings anybody may change. */
export function TopBar({ shown, onCommand }: TopBarProps) {
  const { language } = shown.settings;
  const service = shown.link === 'live' ? shown.view.service.names : undefined;
  return (
    <header class="top-bar">
      <div class="brand">
        <Mark />
        <div class="brand-words">
          <span class="brand-name">{wording[language].product}</span>
          {service && <span class="service-name">{service[language]}</span>}
        </div>
      </div>
      {shown.link === 'live' && (
        <SettingsBar
          settings={shown.settings}
          onChange={(settings) => onCommand({ type: 'settings', settings })}
        />
      )}
    </header>
  );
}
