import type { ComponentChildren } from 'preact';
import type { Face, Screen } from '../../terminal/contract.ts';
import type { Shown } from './link-state.ts';
import { OutOfUse } from './out-of-use.tsx';

export type ScreenOf<Name extends Screen['name']> = Extract<Screen, { name: Name }>;

/** What each face draws in its own way. */
export type WorkingScreen = Exclude<Screen, ScreenOf<'starting' | 'out-of-service'>>;

export interface LiveScreenProps {
  readonly face: Face;
  readonly shown: Shown;
  /** @param clearsAt when the screen goes, on the page's clock. */
  readonly draw: (screen: WorkingScreen, clearsAt: number | undefined) => ComponentChildren;
}

/** Which screen is up; a terminal that takes no codes looks the same on every face. */
export function LiveScreen({ face, shown, draw }: LiveScreenProps) {
  const { language } = shown.settings;
  if (shown.link === 'lost') return <OutOfUse face={face} language={language} cause="not-answering" />;
  if (shown.link === 'opening') return <OutOfUse face={face} language={language} cause="starting" />;
  const { screen } = shown.view;
  switch (screen.name) {
    case 'starting':
      return <OutOfUse face={face} language={language} cause="starting" />;
    case 'out-of-service':
      return <OutOfUse face={face} language={language} cause={screen.cause} />;
    default:
      return <>{draw(screen, shown.clearsAt)}</>;
  }
}
