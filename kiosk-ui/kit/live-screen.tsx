import type { ComponentChildren } from 'preact';
import type { Face, Language, Screen } from '../../terminal/contract.ts';
import type { Shown } from './link-state.ts';
import { OutOfUse } from './out-of-use.tsx';

export type VerdictOf = Extract<Screen, { name: 'verdict' }>;

export interface LiveScreenProps {
  readonly face: Face;
  readonly shown: Shown;
  readonly inviting: (language: Language) => ComponentChildren;
  readonly checking: (language: Language) => ComponentChildren;
  readonly verdict: (
    screen: VerdictOf,
    language: Language,
    clearsAt: number | undefined,
  ) => ComponentChildren;
}

/** Which screen is up; every face has the same ones, and draws three of them in its own way. */
export function LiveScreen({ face, shown, inviting, checking, verdict }: LiveScreenProps) {
  const { language } = shown.settings;
  if (shown.link === 'lost') return <OutOfUse face={face} language={language} cause="not-answering" />;
  if (shown.link === 'opening') return <OutOfUse face={face} language={language} cause="starting" />;
  const { screen } = shown.view;
  switch (screen.name) {
    case 'starting':
      return <OutOfUse face={face} language={language} cause="starting" />;
    case 'out-of-service':
      return <OutOfUse face={face} language={language} cause={screen.cause} />;
    case 'inviting':
      return <>{inviting(language)}</>;
    case 'checking':
      return <>{checking(language)}</>;
    case 'verdict':
      return <>{verdict(screen, language, shown.clearsAt)}</>;
    default:
      return screen satisfies never;
  }
}
