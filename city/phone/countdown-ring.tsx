import { useEffect, useState } from 'preact/hooks';

const REDRAW_EVERY_MS = 200;

export interface CountdownRingProps {
  /** Both on the page's own clock, `performance.now()`. */
  readonly startedAt: number;
  readonly endsAt: number;
  readonly words: (seconds: number) => string;
}

/** A ring that runs out, the seconds left in it, and the same in words beside it. */
export function CountdownRing({ startedAt, endsAt, words }: CountdownRingProps) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), REDRAW_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const left = Math.min(Math.max(0, endsAt - now), endsAt - startedAt);
  const share = left / Math.max(1, endsAt - startedAt);
  const seconds = Math.ceil(left / 1000);
  return (
    <p class="life">
      <svg class="ring" viewBox="0 0 40 40" aria-hidden="true">
        <circle class="ring-rest" cx="20" cy="20" r="17" />
        <circle
          class="ring-left"
          cx="20"
          cy="20"
          r="17"
          pathLength="100"
          stroke-dasharray={`${(share * 100).toFixed(1)} 100`}
          transform="rotate(-90 20 20)"
        />
        <text x="20" y="20">
          {seconds}
        </text>
      </svg>
      {words(seconds)}
    </p>
  );
}
