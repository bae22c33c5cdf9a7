import type { ComponentChildren } from 'preact';
import { type Command, type Language, type Remaining, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { TimeLeft } from '../kit/time-left.tsx';

export interface DeskFootProps {
  readonly remaining: Remaining;
  readonly clearsAt: number | undefined;
  readonly language: Language;
  readonly onCommand: (command: Command) => void;
  /** Whether there is a screen to go back to. */
  readonly back?: boolean;
  readonly countdown?: (seconds: number) => string;
  /** On the button that clears, where it does more than take a verdict down. */
  readonly clears?: string;
  /** What stands at its left. */
  readonly children?: ComponentChildren;
}

/** Under every screen of a person at the counter: the time left, the way back, and the key that clears. */
export function DeskFoot(props: DeskFootProps) {
  const { remaining, clearsAt, language, onCommand, back, countdown, clears, children } = props;
  const words = wording[language];
  return (
    <footer class={remaining.warns ? 'desk-foot desk-foot-warns' : 'desk-foot'}>
      {children}
      <TimeLeft
        face="counter"
        remaining={remaining}
        clearsAt={clearsAt}
        language={language}
        words={countdown ?? words.verdict.clearsIn}
        onMoreTime={() => onCommand({ type: 'more-time' })}
      />
      <div class="desk-foot-buttons">
        {back && <Button onPress={() => onCommand({ type: 'back' })}>{words.session.back}</Button>}
        <Button look="primary" onPress={() => onCommand({ type: 'dismiss' })}>
          {clears ?? words.counter.clear} <kbd>Esc</kbd>
        </Button>
      </div>
    </footer>
  );
}
