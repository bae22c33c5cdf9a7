import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Face, type Language, type Remaining, wording } from '../../terminal/contract.ts';
import { Button } from './button.tsx';
import { Countdown } from './countdown.tsx';
import { Icon } from './icon.tsx';

export interface TimeLeftProps {
  readonly face: Face;
  readonly remaining: Remaining;
  /** On the page's clock; absent: nothing is drawn. */
  readonly clearsAt?: number | undefined;
  readonly language: Language;
  readonly words: (seconds: number) => string;
  readonly onMoreTime: () => void;
}

/** When the screen goes; towards the end it asks whether the person needs more time (WCAG 2.2, 2.2.1). */
export function TimeLeft({ face, remaining, clearsAt, language, words, onMoreTime }: TimeLeftProps) {
  if (clearsAt === undefined) return null;
  const countdown = <Countdown endsAt={clearsAt} words={words} />;
  const { question, button, lastTime } = wording[language].session.moreTime;
  return (
    <div class="time-left">
      {/* keeps its place under the question, so that nothing moves when that comes and goes */}
      {countdown}
      {remaining.warns && remaining.extensions === 0 && (
        <div class="time-warning" role="status">
          <Icon name="clock" />
          <p>{lastTime}</p>
          {countdown}
        </div>
      )}
      {remaining.warns && remaining.extensions > 0 && (
        // a clerk may be typing: at the counter nothing takes the focus from a field
        <MoreTime question={question} takesFocus={face === 'kiosk'}>
          {countdown}
          <Button look="primary" onPress={onMoreTime}>
            {button}
          </Button>
        </MoreTime>
      )}
    </div>
  );
}

interface MoreTimeProps {
  readonly question: string;
  readonly takesFocus: boolean;
  readonly children: ComponentChildren;
}

function MoreTime({ question, takesFocus, children }: MoreTimeProps) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) panel.current?.querySelector('button')?.focus();
  }, [takesFocus]);
  return (
    <div class="time-warning" role="alertdialog" aria-labelledby="more-time-question" ref={panel}>
      <Icon name="clock" />
      <p id="more-time-question">{question}</p>
      {children}
    </div>
  );
}
