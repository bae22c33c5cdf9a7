import type { Clock } from '../clock.ts';
import { type Change, recordChange } from '../store/changes.ts';
import type { CityDatabase, CityTables } from '../store/city-tables.ts';
import type { Enrolment } from './enrolment.ts';
import { idsOfKid } from './terminal-id.ts';

export type Terminal = CityTables['terminal'];

/** The enrolled terminals. */
export class Terminals {
  readonly #database: CityDatabase;
  readonly #enrolment: Enrolment;
  readonly #clock: Clock;

  constructor(database: CityDatabase, enrolment: Enrolment, clock: Clock) {
    this.#database = database;
    this.#enrolment = enrolment;
    this.#clock = clock;
  }

  /** A new enrolment code as an administrator carries it to the terminal. */
  async enrolmentCode(hours?: number): Promise<string> {
    return await this.#enrolment.code(hours);
  }

  /** In order of enrolment. */
  async list(): Promise<Terminal[]> {
    return await this.#database
      .selectFrom('terminal')
      .selectAll()
      .orderBy('enrolled_at')
      .orderBy('id')
      .execute();
  }

  /** Those a kid can stand for; more than one only where 8 bytes of SHA-256 collide. */
  async ofKid(kid: Uint8Array): Promise<Terminal[]> {
    const { from, to } = idsOfKid(kid);
    return await this.#database
      .selectFrom('terminal')
      .selectAll()
      .where('id', '>=', from)
      .where('id', '<=', to)
      .execute();
  }

  /** Keeps a terminal's latest report. */
  async saveReport(id: Uint8Array, report: string): Promise<void> {
    await this.#database
      .updateTable('terminal')
      .set({ report, reported_at: this.#clock.now() })
      .where('id', '=', id)
      .execute();
  }

  /** Hints every connected terminal to report now. */
  async askForReports(): Promise<void> {
    const everyone: Change = { kind: 'report', name: '' };
    await this.#database.transaction().execute(async (trx) => {
      await recordChange(trx, everyone, this.#clock.now());
    });
  }
}
