import type { Screen } from './contract.ts';
import type { ScanEnd } from './core/pipeline.ts';
import { MAX_EXTENSIONS, VERDICT_SHOWN_MS } from './core/session.ts';
import { verdictScreen } from './core/view-verdict.ts';

/** What became of one scan, for whoever showed it: the counter's screen for its verdict, or why it got none. */
export function scanAnswer(end: ScanEnd): Screen | string {
  switch (end.type) {
    case 'verdict':
      return verdictScreen('counter', end.verdict, JUST_BEGUN);
    case 'choices':
      return 'several licences: one is to be chosen at the counter';
    case 'ignored':
      return 'ignored: the verdict on this very code still shows';
    case 'dropped':
      return 'dropped: too many codes at once';
    case 'out-of-service':
      return 'this terminal went out of service: status tells why';
    case 'store-failed':
      return 'the verdict could not be recorded, so nobody is told it';
    default:
      return end satisfies never;
  }
}

const JUST_BEGUN = { clearsInMs: VERDICT_SHOWN_MS, warns: false, extensions: MAX_EXTENSIONS };
