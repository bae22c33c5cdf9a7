import { type Command, type Language, type Remaining, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { TimeLeft } from '../kit/time-left.tsx';

export interface PersonFootProps {
  /** Absent while nothing is timed: a code is being checked. */
  readonly remaining?: Remaining;
  readonly clearsAt: number | undefined;
  readonly language: Language;
  readonly onCommand: (command: Command) => void;
  /** Whether there is a screen to go back to. */
  readonly back?: boolean;
  /** Whether the person is being sent to a staffed counter already. */
  readonly alreadySent?: boolean;
  readonly countdown?: (seconds: number) => string;
  /** What most people want next, if it isn't being done. */
  readonly next?: { readonly words: string; readonly onPress: () => void } | undefined;
}

/** The way on, the ways out and the time left, in the same place under every screen of a person. */
export function PersonFoot(props: PersonFootProps) {
  const { remaining, clearsAt, language, onCommand, back, alreadySent, countdown, next } = props;
  const { session, verdict } = wording[language];
  return (
    <footer class="person-foot">
      {remaining && (
        <TimeLeft
          face="kiosk"
          remaining={remaining}
          clearsAt={clearsAt}
          language={language}
          words={countdown ?? verdict.clearsIn}
          onMoreTime={() => onCommand({ type: 'more-time' })}
        />
      )}
      <div class="person-buttons">
        {back && <Button onPress={() => onCommand({ type: 'back' })}>{session.back}</Button>}
        {!alreadySent && (
          <Button onPress={() => onCommand({ type: 'ask-for-staff' })}>
            <Icon name="staffed-counter" />
            {session.askForStaff}
          </Button>
        )}
        {remaining && (
          <Button look={next ? 'quiet' : 'primary'} onPress={() => onCommand({ type: 'dismiss' })}>
            {verdict.done}
          </Button>
        )}
        {next && (
          <Button look="primary" onPress={next.onPress}>
            {next.words}
            <Icon name="onward" />
          </Button>
        )}
      </div>
    </footer>
  );
}
