import { useState } from 'preact/hooks';
import { Button } from '../../kiosk-ui/kit/button.tsx';
import type { PhoneLicence } from './phone-contract.ts';
import type { PhoneLanguage } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';

/** Identifiers, and the commands that withdraw what is shown. That is the city's to do, so the page only says how. */
export function TestersArea({
  licence,
  language,
}: {
  readonly licence: PhoneLicence;
  readonly language: PhoneLanguage;
}) {
  const words = PHONE_WORDS[language];
  return (
    <details class="testers">
      <summary>{words.testers}</summary>
      <p class="soft">
        cti <code data-cti={licence.cti}>{licence.cti}</code>
      </p>
      {licence.delegation && (
        <p class="soft">
          {words.delegationCti} <code data-cti={licence.delegation.cti}>{licence.delegation.cti}</code>
        </p>
      )}
      {licence.commands.map(({ does, text }) => (
        <div key={does} data-does={does}>
          <p class="soft">{words.hint[does]}</p>
          <pre>
            <code>{text}</code>
          </pre>
          <CopyButton text={text} language={language} />
        </div>
      ))}
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
