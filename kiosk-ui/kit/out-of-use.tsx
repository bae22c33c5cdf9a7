import {
  type Face,
  type Language,
  type OutOfServiceCause,
  type Wording,
  wording,
} from '../../terminal/contract.ts';
import { Icon, type IconName } from './icon.tsx';

export type OutOfUseCause = OutOfServiceCause | 'starting' | 'not-answering';

export interface OutOfUseProps {
  readonly face: Face;
  readonly language: Language;
  readonly cause: OutOfUseCause;
}

/** A terminal that takes no codes now: says why, and where to go instead or, to staff, what to do about it. */
export function OutOfUse({ face, language, cause }: OutOfUseProps) {
  const words = wordsFor(face === 'counter' ? wording[language].staff : wording[language], cause);
  return (
    <div class={cause === 'starting' ? 'out-of-use out-of-use-starting' : 'out-of-use'} role="alert">
      <span class="out-of-use-seal">
        <Icon name={iconFor(cause)} />
      </span>
      <h1>{words.headline}</h1>
      <p class="lead">{words.sentence}</p>
      <p class="way-out">
        <Icon name={face === 'counter' ? 'onward' : 'staffed-counter'} />
        <strong>{words.todo}</strong>
      </p>
    </div>
  );
}

/** What the patients' and the staff's words have in common. */
type OutOfUseWording = Pick<Wording, 'starting' | 'notAnswering' | 'outOfService'>;

function wordsFor(words: OutOfUseWording, cause: OutOfUseCause) {
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
    case 'unknown-service':
    case 'store-failed':
    case 'store-full':
      return 'attention';
    default:
      return cause satisfies never;
  }
}
