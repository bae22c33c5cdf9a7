import type { ComponentChildren } from 'preact';
import type { Shown } from './link-state.ts';

export interface ScreenMainProps {
  readonly shown: Shown;
  readonly children: ComponentChildren;
}

/** The page's `main`, marked with what is on it: styles and the browser tests go by these marks. */
export function ScreenMain({ shown, children }: ScreenMainProps) {
  const screen = shown.link === 'live' ? shown.view.screen : undefined;
  const verdict = screen?.name === 'verdict' ? screen : undefined;
  return (
    <main
      class="screen"
      data-screen={screen?.name ?? (shown.link === 'lost' ? 'not-answering' : 'starting')}
      data-outcome={verdict?.outcome}
      data-reason={verdict?.reason}
    >
      {children}
    </main>
  );
}
