import { type Language, type Settings, wording } from '../../terminal/contract.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

const LANGUAGES = ['zh', 'en'] as const satisfies readonly Language[];

export interface SettingsBarProps {
  readonly settings: Settings;
  readonly onChange: (settings: Settings) => void;
}

/** The language switch and the large type. Shows what the terminal says is set, not what was last pressed. */
export function SettingsBar({ settings, onChange }: SettingsBarProps) {
  const words = wording[settings.language].settings;
  return (
    <div class="settings-bar">
      <fieldset class="segments">
        <legend class="for-screen-readers">{words.language}</legend>
        {LANGUAGES.map((language) => (
          <Button
            key={language}
            lang={wording[language].htmlLang}
            pressed={language === settings.language}
            onPress={() => onChange({ ...settings, language })}
          >
            {words.languageNames[language]}
          </Button>
        ))}
      </fieldset>
      <Button
        pressed={settings.largeText}
        onPress={() => onChange({ ...settings, largeText: !settings.largeText })}
      >
        <Icon name="large-text" />
        {words.largeText}
      </Button>
    </div>
  );
}
