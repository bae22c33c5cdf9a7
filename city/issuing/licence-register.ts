import { randomBytes } from 'node:crypto';
import type { Licence } from '../../licence/claims.ts';
import { CODE_MAX_BYTES } from '../../licence/cose/sign1.ts';
import { CTI_BYTES } from '../../licence/cwt.ts';
import { issueLicence } from '../../licence/issue/issue-licence.ts';
import type { Clock } from '../clock.ts';
import type { KeyFolder } from '../keys/key-folder.ts';
import type { CityDatabase, CityTables, CityTransaction } from '../store/city-tables.ts';
import { issuerKeyFor } from './issuer-key.ts';
import type { Issued, LicenceOrder, OrderFault, Revocation } from './order.ts';
import type { StatusLists } from './status-lists.ts';

/** What a presentation adds around a licence (envelope, header, claims, signature), with room for aud and cnonce. */
const PRESENTATION_BYTES = 256;

export type LicenceRecord = Omit<CityTables['licence'], 'bytes'>;

/** Issues licences and takes them back. */
export class LicenceRegister {
  readonly #database: CityDatabase;
  readonly #keys: KeyFolder;
  readonly #lists: StatusLists;
  readonly #clock: Clock;

  constructor(database: CityDatabase, keys: KeyFolder, lists: StatusLists, clock: Clock) {
    this.#database = database;
    this.#keys = keys;
    this.#lists = lists;
    this.#clock = clock;
  }

  /** Signs what was ordered and remembers it, so that it can be revoked. */
  async issue(order: LicenceOrder): Promise<Issued> {
    const now = Math.floor(this.#clock.now() / 1000);
    const nbf = order.nbf ?? now;
    if (order.exp <= nbf) return refused('never-valid');
    return await this.#database.transaction().execute(async (trx) => {
      const issuer = await trx
        .selectFrom('issuer')
        .select('iss')
        .where('iss', '=', order.iss)
        .executeTakeFirst();
      if (!issuer) return refused('unknown-issuer');
      const purpose = { use: 'licence', kind: order.kind } as const;
      const key = await issuerKeyFor(trx, this.#keys, order.iss, purpose, now);
      if (!key) return refused('kind-not-admitted');
      const { iss, sub, exp, kind, fields, holderKey } = order;
      const licence: Licence = {
        iss,
        sub,
        iat: now,
        nbf,
        exp,
        cti: new Uint8Array(randomBytes(CTI_BYTES)),
        status: await this.#lists.place(trx, iss),
        kind,
        fields,
        ...(holderKey ? { holderKey } : {}),
      };
      const bytes = issueLicence(licence, key);
      if (bytes.length > CODE_MAX_BYTES - PRESENTATION_BYTES) return refused('too-big');
      await remember(trx, licence, bytes);
      return { ok: true, issued: { licence, bytes } };
    });
  }

  /**
   * Revokes one licence by its cti (bytes) or all of one licence identifier (text), and publishes their lists in the
   * same write.
   */
  async revoke(which: Uint8Array | string): Promise<Revocation> {
    return await this.#database.transaction().execute(async (trx) => {
      const all = await trx
        .selectFrom('licence')
        .select(['cti', 'uri', 'idx', 'revoked_at'])
        .where((eb) => (typeof which === 'string' ? eb('sub', '=', which) : eb('cti', '=', which)))
        .execute();
      if (all.length === 0) return { outcome: 'unknown' };
      const valid = all.filter((licence) => licence.revoked_at === null);
      if (valid.length === 0) return { outcome: 'already-revoked' };
      for (const { cti } of valid) {
        await trx
          .updateTable('licence')
          .set({ revoked_at: this.#clock.now() })
          .where('cti', '=', cti)
          .execute();
      }
      for (const [uri, licences] of Map.groupBy(valid, (licence) => licence.uri)) {
        await this.#lists.invalidate(
          trx,
          uri,
          licences.map((licence) => licence.idx),
        );
      }
      return { outcome: 'revoked', count: valid.length };
    });
  }

  /** What was issued, oldest first. */
  async list(): Promise<LicenceRecord[]> {
    return await this.#database
      .selectFrom('licence')
      .select(['cti', 'iss', 'sub', 'kind', 'uri', 'idx', 'iat', 'exp', 'revoked_at'])
      .orderBy('iat')
      .orderBy('cti')
      .execute();
  }
}

function refused(fault: OrderFault): Issued {
  return { ok: false, fault };
}

async function remember(trx: CityTransaction, licence: Licence, bytes: Uint8Array): Promise<void> {
  const { cti, iss, sub, kind, iat, exp, status } = licence;
  await trx
    .insertInto('licence')
    .values({ cti, iss, sub, kind, uri: status.uri, idx: status.idx, iat, exp, bytes, revoked_at: null })
    .execute();
}
