import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../kiosk-ui/kit/button.tsx';
import { Icon } from '../../kiosk-ui/kit/icon.tsx';
import { type Outcome, scanThis } from './phone-api.ts';
import type { PhoneLanguage } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';

/** How long the page says what became of it. */
const REMARK_MS = 4000;

type Progress = 'idle' | 'sending' | Outcome<{ readonly ok: true }>;

/** "Scan this": stands in for holding the phone up to a scanner. */
export function ScanButton({ text, language }: { readonly text: string; readonly language: PhoneLanguage }) {
  const [progress, setProgress] = useState<Progress>('idle');
  const words = PHONE_WORDS[language];
  useEffect(() => {
    if (typeof progress === 'string') return undefined;
    const timer = setTimeout(() => setProgress('idle'), REMARK_MS);
    return () => clearTimeout(timer);
  }, [progress]);
  const press = () => {
    if (progress === 'sending') return;
    setProgress('sending');
    void scanThis(text).then(setProgress);
  };
  return (
    <>
      <Button look="primary" onPress={press}>
        <Icon name="scanner" />
        {words.scan}
      </Button>
      <p class="remark" role="status">
        {progress === 'sending' && words.scanning}
        {typeof progress !== 'string' && (progress.ok ? words.handed : words.fault[progress.fault])}
      </p>
    </>
  );
}
