import { useState } from 'preact/hooks';
import { Button } from '../../kiosk-ui/kit/button.tsx';
import { Icon } from '../../kiosk-ui/kit/icon.tsx';
import { Expectation } from './condition.tsx';
import { CountdownRing } from './countdown-ring.tsx';
import { DelegationNote } from './delegation-note.tsx';
import type { PhoneLicence, Presented } from './phone-contract.ts';
import type { PhoneLanguage } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';
import { ScanButton } from './scan-button.tsx';
import { TestersArea } from './testers-area.tsx';
import { type ShownCode, useCode } from './use-code.ts';

export interface CodeScreenProps {
  readonly licence: PhoneLicence;
  readonly language: PhoneLanguage;
  readonly canScan: boolean;
}

/** One licence's code, large, with what to expect of it. */
export function CodeScreen({ licence, language, canScan }: CodeScreenProps) {
  const [frozen, setFrozen] = useState(false);
  const words = PHONE_WORDS[language];
  const shown = useCode(licence.id, frozen);
  const code = shown?.ok ? shown.value : undefined;
  return (
    <>
      <section class="code-sheet">
        <h1>{licence.kind[language]}</h1>
        <p class="soft">
          {licence.holder} · {licence.issuer[language]}
        </p>
        {licence.delegation && <DelegationNote delegation={licence.delegation} language={language} />}
        {code ? (
          <QrCode presented={code.presented} />
        ) : (
          <p class="code-missing" role="status">
            {shown && !shown.ok ? words.fault[shown.fault] : words.loading}
          </p>
        )}
        {code && <SymbolSize version={code.presented.qr.version} language={language} />}
        {code && <Life code={code} frozen={frozen} language={language} />}
      </section>
      <div class="actions">
        {canScan && code && <ScanButton text={code.presented.text} language={language} />}
        {code?.endsAt !== undefined && (
          <Button pressed={frozen} onPress={() => setFrozen(!frozen)}>
            <ScreenshotIcon />
            {words.screenshot}
          </Button>
        )}
      </div>
      <Expectation
        condition={licence.condition}
        language={language}
        delegated={licence.delegation !== null}
        screenshot={frozen}
      />
      <TestersArea licence={licence} language={language} />
    </>
  );
}

/** Black on white whatever the page's colours: a reader needs the contrast. */
function QrCode({ presented: { qr, text } }: { readonly presented: Presented }) {
  return (
    <svg
      class="code"
      viewBox={`0 0 ${qr.size} ${qr.size}`}
      shape-rendering="crispEdges"
      role="img"
      aria-label="QR"
      data-code-text={text}
    >
      <rect width={qr.size} height={qr.size} fill="#fff" />
      <path d={qr.path} fill="#000" />
    </svg>
  );
}

/** How dense the symbol is: what a tester wants to know when a reader won't read it. */
function SymbolSize({ version, language }: { readonly version: number; readonly language: PhoneLanguage }) {
  // ISO/IEC 18004 §5.3: 21 modules, and four more with each version
  return <p class="symbol-size">{PHONE_WORDS[language].symbol(version, 17 + 4 * version)}</p>;
}

/** How long this code stays. */
function Life({
  code,
  frozen,
  language,
}: {
  readonly code: ShownCode;
  readonly frozen: boolean;
  readonly language: PhoneLanguage;
}) {
  const words = PHONE_WORDS[language];
  if (code.endsAt === undefined || frozen) {
    return (
      <p class="life">
        {frozen ? <ScreenshotIcon /> : <Icon name="list" />}
        {frozen ? words.frozen : words.unchanging}
      </p>
    );
  }
  return <CountdownRing startedAt={code.startedAt} endsAt={code.endsAt} words={words.renewsIn} />;
}

/** The corners of a picture being cut out of a screen. */
function ScreenshotIcon() {
  return (
    <svg class="icon" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M9 3v20h20M3 9h20v20" />
    </svg>
  );
}
