import { useEffect, useRef, useState } from 'preact/hooks';

const REDRAW_EVERY_MS = 200;

/** An end that moves by less is the same one, told again in a redrawn view. */
const PUT_OFF_MS = 1000;

export interface CountdownProps {
  /** When it ends, on the clock of `now`. */
  readonly endsAt: number;
  readonly words: (seconds: number) => string;
  /** A function that stays the same between renderings. */
  readonly now?: () => number;
}

/** Says how many seconds are left, with a line that runs out; an end put off begins it anew. */
export function Countdown({ endsAt, words, now = pageClock }: CountdownProps) {
  const [time, setTime] = useState(now);
  const begun = useRef({ at: time, endsAt });
  if (endsAt > begun.current.endsAt + PUT_OFF_MS) begun.current = { at: now(), endsAt };
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), REDRAW_EVERY_MS);
    return () => clearInterval(timer);
  }, [now]);
  const left = Math.max(0, endsAt - time);
  const share = left / Math.max(1, endsAt - begun.current.at);
  return (
    <div class="countdown">
      <svg class="countdown-line" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="countdown-rest" width="100" height="1" />
        <rect class="countdown-left" width={Math.min(100, share * 100).toFixed(2)} height="1" />
      </svg>
      <span>{words(Math.ceil(left / 1000))}</span>
    </div>
  );
}

function pageClock(): number {
  return performance.now();
}
