import type { Matter, Service } from '../../licence/trust/catalogue.ts';
import type { Names, OutOfServiceCause, Settings } from '../contract.ts';
import type { BusinessRequest } from './hand-on.ts';
import type { HeldVerdict } from './held-verdict.ts';

/** What happens to a session: told by the terminal, in words of the state machine. */
export type SessionEvent =
  | { readonly type: 'IN_SERVICE' }
  | { readonly type: 'OUT_OF_SERVICE'; readonly cause: OutOfServiceCause }
  /** Somebody of the staff has logged in, or nobody is logged in any more: what is for staff alone is forgotten. */
  | { readonly type: 'STAFF'; readonly present: boolean }
  /** The terminal is for another service now. */
  | { readonly type: 'SERVICE_SWITCHED' }
  | { readonly type: 'SETTINGS'; readonly settings: Settings }
  /** A code, or the answer to a look-up, is being judged. */
  | { readonly type: 'SCANNED' }
  | { readonly type: 'VERDICT'; readonly verdict: HeldVerdict; readonly service: Service | undefined }
  /** What a look-up found. */
  | {
      readonly type: 'CHOICES';
      readonly verdicts: readonly HeldVerdict[];
      readonly service: Service | undefined;
    }
  /** Of a choice: a matter's id, or the number of a verdict. */
  | { readonly type: 'CHOOSE'; readonly id: string }
  /** Every accepted licence a look-up found, into the case. */
  | { readonly type: 'CHOOSE_ALL' }
  /** Opens a case of this service: for the one matter, for the one then chosen of several, or for none. */
  | { readonly type: 'OPEN_CASE'; readonly service: Service; readonly matters: readonly Matter[] }
  | { readonly type: 'ADD_ANOTHER' }
  | { readonly type: 'CHOOSE_BUSINESS' }
  /** A business system has taken what was handed on in this turn. */
  | {
      readonly type: 'HANDED_ON';
      readonly turn: number;
      readonly receiver: string;
      readonly business?: Names;
    }
  /** No business system is there for what was to be handed on in this turn. */
  | { readonly type: 'NO_RECEIVER'; readonly turn: number }
  /** A field of the verdict of this turn may be shown whole. */
  | { readonly type: 'REVEALED'; readonly turn: number; readonly label: number; readonly value: string }
  | { readonly type: 'REQUESTED'; readonly request: BusinessRequest }
  | { readonly type: 'REQUEST_ENDED' }
  | { readonly type: 'MORE_TIME' }
  | { readonly type: 'BACK' }
  | { readonly type: 'ASK_FOR_STAFF' }
  /** The person is done. */
  | { readonly type: 'DISMISS' }
  | { readonly type: 'MAINTENANCE'; readonly staff: string }
  | { readonly type: 'LEAVE_MAINTENANCE' };
