import { type Command, type Desk, type Language, wording } from '../../terminal/contract.ts';
import { Icon } from '../kit/icon.tsx';
import { Rosette } from '../kit/rosette.tsx';
import { LookUp } from './look-up.tsx';
import { OpenCase } from './open-case.tsx';

export interface ReadyProps {
  readonly language: Language;
  /** A code has been read and is being checked. */
  readonly busy: boolean;
  readonly desk: Desk | undefined;
  readonly onCommand: (command: Command) => void;
}

/** Between two verdicts: the scanner waits, or the terminal thinks. Staff can begin other than by a scan. */
export function Ready({ language, busy, desk, onCommand }: ReadyProps) {
  const words = wording[language];
  const { matters, lookUps } = desk?.staff && !busy ? desk : NOTHING_TO_BEGIN;
  const begins = matters.length > 0 || lookUps.length > 0;
  return (
    <div class={`ready${busy ? ' ready-busy' : ''}${begins ? ' ready-begins' : ''}`}>
      <div class="ready-scan" role="status">
        <div class="ready-mark">
          <Rosette />
          <Icon name="scanner" />
        </div>
        <h1>{busy ? words.verifying.headline : words.counter.ready}</h1>
        <p class="lead">{busy ? words.verifying.sentence : words.counter.readyHint}</p>
      </div>
      {begins && (
        <div class="begin">
          {matters.length > 0 && <OpenCase matters={matters} language={language} onCommand={onCommand} />}
          {lookUps.length > 0 && <LookUp numbers={lookUps} language={language} onCommand={onCommand} />}
        </div>
      )}
    </div>
  );
}

const NOTHING_TO_BEGIN: Pick<Desk, 'matters' | 'lookUps'> = { matters: [], lookUps: [] };
