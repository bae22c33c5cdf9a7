import { type Language, type OutOfServiceCause, type Wording, wording } from '../../terminal/contract.ts';
import { Icon, type IconName } from './icon.tsx';

export type OutOfUseCause = OutOfServiceCause | 'starting' | 'not-answering';

export interface OutOfUseProps {
  readonly language: Language;
  readonly cause: OutOfUseCause;
}

/** A terminal that takes no codes now: says why, and where to go instead. */
export function OutOfUse({ language, cause }: OutOfUseProps) {
  const words = wordsFor(wording[language], cause);
  return (
    <div class={cause === 'starting' ? 'out-of-use out-of-use-starting' : 'out-of-use'} role="alert">
      <span class="out-of-use-seal">
        <Icon name={iconFor(cause)} />
      </span>
      <h1>{words.headline}</h1>
      <p class="lead">{words.sentence}</p>
      <p class="way-out">
        <Icon name="staffed-counter" />
        <strong>{words.todo}</strong>
      </p>
    </div>
  );
}

function wordsFor(words: Wording, cause: OutOfUseCause) {
  if (cause === 'starting') return words.starting;
  if (cause === 'not-answering') return words.notAnswering;
  return words.outOfService[cause];
}

function iconFor(cause: OutOfUseCause): IconName {
  switch (cause) {
    case 'starting':
      return 'clock';
    case 'not-answering':
      return 'disconnected';
    case 'no-scanner':
      return 'scanner';
    case 'not-enrolled':
    case 'store-failed':
      return 'attention';
    default:
      return cause satisfies never;
  }
}
