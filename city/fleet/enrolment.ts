import { createHash, randomBytes } from 'node:crypto';
import { rootFingerprint } from '../../licence/trust/tuf.ts';
import { ENROLMENT_SECRET_BYTES, formatEnrolmentCode } from '../../licence/wire/enrolment-code.ts';
import type { Clock } from '../clock.ts';
import type { CityDatabase } from '../store/city-tables.ts';
import type { TrustPublisher } from '../trust/trust-publisher.ts';
import { terminalIdOf } from './terminal-id.ts';

/** How long an enrolment code works unless its maker says otherwise. */
export const CODE_HOURS = 24;
const HOUR_MS = 3_600_000;

export type Enrolled =
  | { readonly ok: true; readonly terminalId: Uint8Array; readonly root: Uint8Array }
  | { readonly ok: false; readonly fault: 'code-unknown' | 'code-expired' | 'code-used' };

/** Lets terminals in: a code works once, for one key. */
export class Enrolment {
  readonly #database: CityDatabase;
  readonly #trust: TrustPublisher;
  readonly #clock: Clock;

  constructor(database: CityDatabase, trust: TrustPublisher, clock: Clock) {
    this.#database = database;
    this.#trust = trust;
    this.#clock = clock;
  }

  /** Makes a code. Only its hash is kept, so a copy of the store enrols nobody. */
  async code(hours = CODE_HOURS): Promise<string> {
    const secret = new Uint8Array(randomBytes(ENROLMENT_SECRET_BYTES));
    await this.#database
      .insertInto('enrolment_code')
      .values({
        secret_hash: hashOf(secret),
        expires_at: this.#clock.now() + hours * HOUR_MS,
        terminal_id: null,
      })
      .execute();
    return formatEnrolmentCode({ secret, rootFingerprint: rootFingerprint(await this.#trust.firstRoot()) });
  }

  /**
   * Enrols a key that has proved itself. The same code and key again get the same answer while the code lasts, since
   * the first answer may have been lost on the way.
   */
  async enrol(secret: Uint8Array, publicKey: Uint8Array, name: string): Promise<Enrolled> {
    const terminalId = terminalIdOf(publicKey);
    const root = await this.#trust.firstRoot();
    return await this.#database.transaction().execute(async (trx) => {
      const now = this.#clock.now();
      const code = await trx
        .selectFrom('enrolment_code')
        .selectAll()
        .where('secret_hash', '=', hashOf(secret))
        .executeTakeFirst();
      if (!code) return { ok: false, fault: 'code-unknown' };
      if (code.terminal_id && Buffer.compare(code.terminal_id, terminalId) !== 0) {
        return { ok: false, fault: 'code-used' };
      }
      if (now >= code.expires_at) return { ok: false, fault: 'code-expired' };
      await trx
        .updateTable('enrolment_code')
        .set({ terminal_id: terminalId })
        .where('secret_hash', '=', code.secret_hash)
        .execute();
      await trx
        .insertInto('terminal')
        .values({
          id: terminalId,
          public_key: publicKey,
          name,
          enrolled_at: now,
          forked_at: null,
          reported_at: null,
          report: null,
        })
        .onConflict((oc) => oc.column('id').doUpdateSet({ name }))
        .execute();
      return { ok: true, terminalId, root };
    });
  }
}

function hashOf(secret: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}
