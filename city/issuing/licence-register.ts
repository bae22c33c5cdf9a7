import { randomBytes } from 'node:crypto';
import { parseCode } from '../../licence/checks/parse-code.ts';
import type { Licence } from '../../licence/claims.ts';
import { CTI_BYTES } from '../../licence/cwt.ts';
import { isSoundPublicKey } from '../../licence/ed25519/noble-verifier.ts';
import { COMMON_LABEL } from '../../licence/field-label.ts';
import { issueLicence } from '../../licence/issue/issue-licence.ts';
import type { Clock } from '../clock.ts';
import type { KeyFolder } from '../keys/key-folder.ts';
import type { CityDatabase, CityTables, CityTransaction } from '../store/city-tables.ts';
import { codeExcess } from './code-room.ts';
import { holderNumberOf } from './holder-number.ts';
import { issuerKeyFor } from './issuer-key.ts';
import type { Issued, LicenceOrder, OrderFault } from './order.ts';
import { plainDelegation } from './plain-delegation.ts';
import type { StatusLists } from './status-lists.ts';

export type LicenceRecord = Omit<CityTables['licence'], 'bytes' | 'holder_code'>;

/** Issues licences. */
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

  /** Signs what was ordered and remembers it, so that it can be revoked. Nothing a phone couldn't show is signed. */
  async issue(order: LicenceOrder): Promise<Issued> {
    const now = Math.floor(this.#clock.now() / 1000);
    const nbf = order.nbf ?? now;
    if (order.exp <= nbf) return refused('never-valid');
    if (order.holderKey && !isSoundPublicKey(order.holderKey)) return refused('unsound-key');
    return await this.#database.transaction().execute(async (trx) => {
      const issuer = await trx
        .selectFrom('issuer')
        .select('iss')
        .where('iss', '=', order.iss)
        .executeTakeFirst();
      if (!issuer) return refused('unknown-issuer');
      const purpose = { use: 'licence', kinds: [order.kind] } as const;
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
      const excess = await excessOf(trx, licence, bytes);
      if (excess > 0) return { ok: false, fault: 'too-big', excess };
      if (!parseCode(bytes).ok) return refused('unreadable');
      await remember(trx, licence, bytes);
      return { ok: true, issued: { licence, bytes } };
    });
  }

  /** What was issued, oldest first. */
  async list(): Promise<LicenceRecord[]> {
    return await this.#database
      .selectFrom('licence')
      .select(['cti', 'iss', 'sub', 'kind', 'uri', 'idx', 'iat', 'exp', 'revoked_at', 'suspended_at'])
      .orderBy('iat')
      .orderBy('cti')
      .execute();
  }
}

function refused(fault: Exclude<OrderFault, 'too-big'>): Issued {
  return { ok: false, fault };
}

/** A holder's licence of a kind that somebody may delegate has to leave room for a delegation. */
async function excessOf(trx: CityTransaction, licence: Licence, bytes: Uint8Array): Promise<number> {
  if (!licence.holderKey) return codeExcess(bytes, { proof: false });
  const holderCode = licence.fields.get(COMMON_LABEL.holderCode);
  const principal = typeof holderCode === 'string' ? holderCode : undefined;
  const delegation = await plainDelegation(trx, licence.kind, principal, licence.iat);
  return codeExcess(bytes, { proof: true, ...(delegation ? { delegation } : {}) });
}

async function remember(trx: CityTransaction, licence: Licence, bytes: Uint8Array): Promise<void> {
  const { cti, iss, sub, kind, iat, exp, status } = licence;
  const open = { revoked_at: null, suspended_at: null };
  const holder_code = holderNumberOf(licence);
  await trx
    .insertInto('licence')
    .values({ cti, iss, sub, kind, uri: status.uri, idx: status.idx, iat, exp, bytes, ...open, holder_code })
    .execute();
}
