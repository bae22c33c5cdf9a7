import { type Language, type PastVerdict, wording } from '../../terminal/contract.ts';
import { Icon } from '../kit/icon.tsx';

export interface LatestChecksProps {
  readonly history: readonly PastVerdict[];
  readonly language: Language;
}

/** What was checked last, newest first; holds nothing personal. */
export function LatestChecks({ history, language }: LatestChecksProps) {
  const words = wording[language];
  return (
    <section class="history">
      <h2>{words.counter.history}</h2>
      {history.length === 0 && <p class="history-empty">{words.counter.historyEmpty}</p>}
      <ol>
        {history.map((past) => (
          <li key={past.number} class={`outcome-${past.outcome}`}>
            <Icon name={past.outcome} />
            <time dateTime={new Date(past.at).toISOString()}>{timeOfDay(past.at)}</time>
            {past.kind && <span class="history-kind">{past.kind[language]}</span>}
            <span class="history-outcome">{words.outcomes[past.outcome].short}</span>
            {past.reason !== 'accepted' && (
              <span class="history-reason">
                {words.staff.reasons[past.reason].title} <code>{past.reason}</code>
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function timeOfDay(unixMs: number): string {
  return new Date(unixMs).toLocaleTimeString('en-GB', { hour12: false });
}
