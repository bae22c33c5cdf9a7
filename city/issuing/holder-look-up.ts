import { sql } from 'kysely';
import { checkIdCard } from '../../licence/identifier/id-card.ts';
import { checkUscc } from '../../licence/identifier/uscc.ts';
import { MAX_RESOLVED_LICENCES, type ResolvedLicence } from '../../licence/wire/resolve-answer.ts';
import type { Clock } from '../clock.ts';
import type { CityDatabase } from '../store/city-tables.ts';

/** What a holder is known by: 统一社会信用代码 or 公民身份号码. */
export interface HolderNumber {
  readonly type: 'uscc' | 'id';
  readonly value: string;
}

/** Whether the check characters hold: a slip of the pen must not lead to a stranger's papers. */
export function isSoundNumber({ type, value }: HolderNumber): boolean {
  switch (type) {
    case 'id':
      return checkIdCard(value) === 'ok';
    case 'uscc': {
      const found = checkUscc(value);
      // the outer character holds; real registers have codes whose inner one doesn't
      return found === 'ok' || found === 'organisation-check-character';
    }
    default:
      return type satisfies never;
  }
}

/** Finds licences by the number of their holder. */
export class HolderLookUp {
  readonly #database: CityDatabase;
  readonly #clock: Clock;

  constructor(database: CityDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * The holder's licences of these kinds that have not expired: valid ones before withdrawn ones, newest first, at most
   * as many as an answer holds.
   */
  async find({ value }: HolderNumber, kinds: readonly string[]): Promise<ResolvedLicence[]> {
    if (kinds.length === 0) return [];
    const rows = await this.#database
      .selectFrom('licence')
      .select(['bytes', 'revoked_at', 'suspended_at'])
      .where('holder_code', '=', value)
      .where('kind', 'in', kinds)
      .where('exp', '>', Math.floor(this.#clock.now() / 1000))
      // a licence issued anew withdraws the one before: that must not push it out
      .orderBy(sql`revoked_at IS NOT NULL`)
      .orderBy('iat', 'desc')
      .orderBy('cti')
      .limit(MAX_RESOLVED_LICENCES)
      .execute();
    return rows.map(({ bytes, revoked_at, suspended_at }) => ({
      code: Uint8Array.from(bytes),
      state: revoked_at !== null ? 'revoked' : suspended_at !== null ? 'suspended' : 'valid',
    }));
  }
}
