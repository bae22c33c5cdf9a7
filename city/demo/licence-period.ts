import { CHINA_OFFSET_SECONDS } from '../../licence/china-date.ts';
import type { ShownCondition } from './condition.ts';

/** unix seconds */
export interface LicencePeriod {
  readonly nbf: number;
  readonly exp: number;
}

const DAY = 86_400;
/** How long a demo licence holds, and how long ago it was taken out. */
const HELD_FOR_DAYS = 400;
const HOLDS_FOR_DAYS = 730;
/** How long ago the expired ones ran out, and how soon the future ones begin. */
const EXPIRED_DAYS_AGO = 12;
const BEGINS_IN_DAYS = 30;
/** A licence is issued again when it has this little left to be what it is meant to show. */
const RENEW_DAYS_BEFORE_EXP = 60;
const RENEW_DAYS_BEFORE_NBF = 7;

/** When a licence or delegation issued now in this condition begins and ends: midnights of China. */
export function periodOf(condition: ShownCondition, now: number): LicencePeriod {
  const today = midnight(now);
  switch (condition) {
    case 'expired':
    case 'delegation-expired':
      return { nbf: today - HELD_FOR_DAYS * DAY, exp: today - EXPIRED_DAYS_AGO * DAY };
    case 'not-yet-valid':
      return { nbf: today + BEGINS_IN_DAYS * DAY, exp: today + (BEGINS_IN_DAYS + HOLDS_FOR_DAYS) * DAY };
    case 'valid':
    case 'revoked':
    case 'suspended':
    case 'delegation-out-of-scope':
    case 'delegation-revoked':
    case 'delegation-of-another':
    case 'static':
    case 'unknown-issuer':
    case 'forged':
      return { nbf: today - HELD_FOR_DAYS * DAY, exp: today + HOLDS_FOR_DAYS * DAY };
  }
}

/** Whether a licence or delegation issued earlier still shows its condition for a while. */
export function stillShows(condition: ShownCondition, period: LicencePeriod, now: number): boolean {
  switch (condition) {
    case 'expired':
    case 'delegation-expired':
      return true;
    case 'not-yet-valid':
      return now < period.nbf - RENEW_DAYS_BEFORE_NBF * DAY;
    case 'valid':
    case 'revoked':
    case 'suspended':
    case 'delegation-out-of-scope':
    case 'delegation-revoked':
    case 'delegation-of-another':
    case 'static':
    case 'unknown-issuer':
    case 'forged':
      return now < period.exp - RENEW_DAYS_BEFORE_EXP * DAY;
  }
}

function midnight(now: number): number {
  return Math.floor((now + CHINA_OFFSET_SECONDS) / DAY) * DAY - CHINA_OFFSET_SECONDS;
}
