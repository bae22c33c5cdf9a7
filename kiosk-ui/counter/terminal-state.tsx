import { useEffect, useState } from 'preact/hooks';
import { type View, wording } from '../../terminal/contract.ts';
import { Icon } from '../kit/icon.tsx';

const REDRAW_AGE_EVERY_MS = 20_000;

/** What the verdicts rest on right now: the scanner, the city's connection, the age of the status list. */
export function TerminalState({ view }: { readonly view: View }) {
  const { language } = view.settings;
  const words = wording[language].counter;
  const { scanner, city } = view;
  return (
    <ul class="terminal-state">
      <li data-state={scanner.state}>
        <Icon name="scanner" />
        <span class="what">{words.scanner}</span>
        <strong>{words.scannerStates[scanner.state]}</strong>
        {scanner.state !== 'ready' && <p class="advice">{words.scannerAdvice[scanner.state]}</p>}
        {scanner.device && <small>{scanner.device}</small>}
      </li>
      <li data-state={city.connected ? 'ready' : 'fault'}>
        <Icon name={city.connected ? 'city' : 'disconnected'} />
        <span class="what">{words.city}</span>
        <strong>{city.connected ? words.connected : words.disconnected}</strong>
      </li>
      <li data-state={city.listSignedAt === undefined ? 'fault' : 'ready'}>
        <Icon name="list" />
        <span class="what">{words.statusList}</span>
        {city.listSignedAt === undefined ? (
          <strong>{words.noStatusList}</strong>
        ) : (
          <ListAge signedAt={city.listSignedAt} age={words.age} locale={wording[language].htmlLang} />
        )}
      </li>
    </ul>
  );
}

interface ListAgeProps {
  readonly signedAt: number;
  readonly age: (minutes: number) => string;
  readonly locale: string;
}

function ListAge({ signedAt, age, locale }: ListAgeProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), REDRAW_AGE_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.max(0, Math.floor((now - signedAt) / 60_000));
  const signed = new Date(signedAt).toLocaleString(locale, {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (
    <>
      <strong>{age(minutes)}</strong>
      <small>{signed}</small>
    </>
  );
}
