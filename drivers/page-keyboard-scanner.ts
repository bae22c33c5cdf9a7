import { type Fed, FedScanner } from './fed-scanner.ts';
import type { MonotonicClock } from './monotonic-clock.ts';

/** No text code is longer (see MAX_SCAN_BYTES); what a page sends beyond it is dropped before it is encoded. */
export const MAX_TYPED_CHARACTERS = 2_400;

/** A scanner in keyboard mode whose keys the kiosk page catches: the host hands on what was typed. */
export class PageKeyboardScanner extends FedScanner {
  constructor(now: MonotonicClock) {
    super('keyboard:page', now);
  }

  /** One whole code without the key that ended it, as the page caught it. */
  typed(text: string): Fed {
    if (this.state.name !== 'ready') return 'not-ready';
    if (text.length > MAX_TYPED_CHARACTERS) {
      const detail = `${text.length} of at most ${MAX_TYPED_CHARACTERS} characters`;
      this.outlet.fault({ name: 'too-long', detail });
      return 'too-long';
    }
    return this.feed(new TextEncoder().encode(text));
  }
}
