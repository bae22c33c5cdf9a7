import { discard } from '../framing/framing.ts';
import type { MonotonicClock } from '../monotonic-clock.ts';
import { HOLD_OFF_MS, SCANS_PER_SECOND } from '../scanner.ts';
import { type Fed, FedScanner } from './fed-scanner.ts';

/** No text code is longer (see MAX_SCAN_BYTES); what a page sends beyond it is dropped before it is encoded. */
export const MAX_TYPED_CHARACTERS = 2_400;

/** A scanner in keyboard mode whose keys the kiosk page catches: the host hands on what was typed. */
export class PageKeyboardScanner extends FedScanner {
  constructor(now: MonotonicClock) {
    super('keyboard:page', now, { holdOffMs: HOLD_OFF_MS, scansPerSecond: SCANS_PER_SECOND });
  }

  /** One whole code without the key that ended it, as the page caught it. */
  typed(text: string): Fed {
    if (this.state.name !== 'ready') return 'not-ready';
    if (text.length > MAX_TYPED_CHARACTERS) {
      const detail = `at most ${MAX_TYPED_CHARACTERS} characters`;
      this.outlet.discarded(discard('too-long', new Uint8Array(), detail, text.length));
      return 'too-long';
    }
    return this.feed(new TextEncoder().encode(text));
  }
}
