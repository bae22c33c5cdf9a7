import { useState } from 'preact/hooks';
import { Button } from '../../kiosk-ui/kit/button.tsx';
import type { PhoneLicence } from './phone-contract.ts';
import type { PhoneLanguage } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';

/** The licence's identifier and the command that revokes it. Revoking is the city's, so the page only says how. */
export function TestersArea({
  licence,
  language,
}: {
  readonly licence: PhoneLicence;
  readonly language: PhoneLanguage;
}) {
  const words = PHONE_WORDS[language];
  const command = licence.revokeCommand;
  return (
    <details class="testers">
      <summary>{words.testers}</summary>
      <p class="soft">
        cti <code data-cti={licence.cti}>{licence.cti}</code>
      </p>
      {command !== null && (
        <>
          <p class="soft">{words.revokeHint}</p>
          <pre>
            <code>{command}</code>
          </pre>
          <CopyButton text={command} language={language} />
        </>
      )}
    </details>
  );
}

function CopyButton({ text, language }: { readonly text: string; readonly language: PhoneLanguage }) {
  const words = PHONE_WORDS[language];
  const [label, setLabel] = useState<'copy' | 'copied' | 'copyByHand'>('copy');
  const press = () => {
    navigator.clipboard.writeText(text).then(
      () => setLabel('copied'),
      () => setLabel('copyByHand'),
    );
  };
  return <Button onPress={press}>{words[label]}</Button>;
}
