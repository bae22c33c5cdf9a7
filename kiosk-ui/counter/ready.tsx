import { type Language, wording } from '../../terminal/contract.ts';
import { Icon } from '../kit/icon.tsx';
import { Rosette } from '../kit/rosette.tsx';

export interface ReadyProps {
  readonly language: Language;
  /** A code has been read and is being checked. */
  readonly busy: boolean;
}

/** Between two verdicts: the scanner waits, or the terminal thinks. */
export function Ready({ language, busy }: ReadyProps) {
  const words = wording[language];
  return (
    <div class={busy ? 'ready ready-busy' : 'ready'} role="status">
      <div class="ready-mark">
        <Rosette />
        <Icon name="scanner" />
      </div>
      <h1>{busy ? words.checking.headline : words.counter.ready}</h1>
      <p class="lead">{busy ? words.checking.sentence : words.counter.readyHint}</p>
    </div>
  );
}
