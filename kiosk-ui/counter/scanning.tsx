import { type Command, type Desk, type Language, wording } from '../../terminal/contract.ts';
import { Icon } from '../kit/icon.tsx';
import type { ScreenOf } from '../kit/live-screen.tsx';
import { DeskFoot } from './desk-foot.tsx';
import { HandOnForm } from './hand-on-form.tsx';
import { LookUp } from './look-up.tsx';

export interface ScanningProps {
  readonly screen: ScreenOf<'scanning'>;
  readonly clearsAt: number | undefined;
  readonly language: Language;
  readonly desk: Desk | undefined;
  readonly onCommand: (command: Command) => void;
}

/** A case is open: the scanner waits for its next licence, and what it holds can be handed on. */
export function Scanning({ screen, clearsAt, language, desk, onCommand }: ScanningProps) {
  const words = wording[language];
  return (
    <div class="desk-screen">
      <div class="next-scan" role="status">
        <Icon name="scanner" />
        <h1>{words.session.scanning.headline}</h1>
        <p class="lead">{words.counter.readyHint}</p>
      </div>
      {desk?.staff && desk.lookUps.length > 0 && (
        <LookUp numbers={desk.lookUps} language={language} onCommand={onCommand} />
      )}
      {desk?.staff && screen.case.licences.length > 0 && (
        <HandOnForm language={language} onCommand={onCommand} />
      )}
      <DeskFoot
        remaining={screen}
        clearsAt={clearsAt}
        language={language}
        onCommand={onCommand}
        countdown={words.desk.case.clearsIn}
        clears={words.desk.case.end}
      />
    </div>
  );
}
