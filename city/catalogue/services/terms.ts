import { COMMON_LABEL } from '../../../licence/field-label.ts';
import type { Service } from '../../../licence/trust/catalogue.ts';
import { FIRST_OWN_LABEL } from '../kind-draft.ts';

/** A presentation is renewed every 30 s; twice that leaves room for a slow hand (licence-code.md, Presentation). */
export const FRESHNESS_SECONDS = 60;

/** A shift and the way home: a handheld hears of the city's time when it is charged. */
export const SHIFT_SECONDS = 24 * 3600;

/** A medical-insurance code is nobody's business but the insurance's: elsewhere it isn't even looked up. */
export const TOKEN_ONLY: Service['references'] = [{ pattern: 'token' }];

const { holderName, holderCode, certName, certNo, issuerName, validFrom, validTo } = COMMON_LABEL;

/** Shown wherever the licence itself is the subject. */
export const HEAD = [holderName, holderCode, certName, certNo, issuerName, validFrom, validTo];

/** The head, then the first `count` own labels of whichever kind it is; where shown, `never` in the kind keeps a field off. */
export function own(count: number, head: readonly number[]): number[] {
  return [...head, ...Array.from({ length: count }, (_, index) => FIRST_OWN_LABEL + index)];
}
