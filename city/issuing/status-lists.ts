import { randomInt } from 'node:crypto';
import { MAX_FUTURE_IAT_MS } from '../../licence/best-time.ts';
import type { StatusReference } from '../../licence/cwt.ts';
import { issueStatusList } from '../../licence/issue/issue-status-list.ts';
import { type STATUS, setStatusAt } from '../../licence/status/status-list.ts';
import type { Clock } from '../clock.ts';
import type { KeyFolder } from '../keys/key-folder.ts';
import { recordChange } from '../store/changes.ts';
import type { CityDatabase, CityTransaction } from '../store/city-tables.ts';
import type { TrustPublisher } from '../trust/trust-publisher.ts';
import { issuerKeyFor } from './issuer-key.ts';
import { publishIssuers } from './publish-issuers.ts';

/** Entries of a list unless the issuer's definition says otherwise. */
export const DEFAULT_LIST_ENTRIES = 2 ** 17;
/** Hard stop of a token: an offline terminal relies on it no longer than this. */
export const LIST_LIFETIME_SECONDS = 7 * 86_400;
/** The refresh hint in a token. */
const LIST_TTL_SECONDS = 300;
/** The running server signs a list anew when its token is older than this. */
export const LIST_RENEWAL_MS = 60 * 60_000;

/** Past this share a list counts as full, so that drawing a random free index stays a matter of a few draws. */
const FULL_SHARE = 0.9;
const MAX_DRAWS = 1000;
/** iat grows with each token; further ahead of the clock than this, terminals would soon refuse it. */
const MAX_LEAD_SECONDS = MAX_FUTURE_IAT_MS / 1000 - 60;

/** An entry's value: one of STATUS. */
export interface ListEntry {
  readonly idx: number;
  readonly status: (typeof STATUS)[keyof typeof STATUS];
}

/** The status lists of all issuers: one or two bits per licence, at an index that says nothing of its order. */
export class StatusLists {
  readonly #database: CityDatabase;
  readonly #keys: KeyFolder;
  readonly #trust: TrustPublisher;
  readonly #clock: Clock;

  constructor(database: CityDatabase, keys: KeyFolder, trust: TrustPublisher, clock: Clock) {
    this.#database = database;
    this.#keys = keys;
    this.#trust = trust;
    this.#clock = clock;
  }

  /** The token to serve under this name, and when it was signed (unix seconds). */
  async token(uri: string): Promise<{ readonly token: Uint8Array; readonly iat: number } | undefined> {
    return await this.#database
      .selectFrom('status_list')
      .select(['token', 'iat'])
      .where('uri', '=', uri)
      .executeTakeFirst();
  }

  /** A random index nobody has, in a new shard once the last one is full. */
  async place(trx: CityTransaction, iss: string): Promise<StatusReference> {
    const { uri, entries } = await this.#shardWithRoom(trx, iss);
    for (let draw = 0; draw < MAX_DRAWS; draw++) {
      const idx = randomInt(entries);
      if (!(await isTaken(trx, uri, idx))) return { uri, idx };
    }
    throw new Error(`${uri}: no free index in ${MAX_DRAWS} draws`);
  }

  /** Whether entries of this list can be suspended. */
  async canSuspend(trx: CityTransaction, uri: string): Promise<boolean> {
    return (await this.#bitmap(trx, uri)).bits === 2;
  }

  /** Sets entries and publishes the list at once, as one new token. @throws RangeError where its bits can't say it. */
  async set(trx: CityTransaction, uri: string, entries: readonly ListEntry[]): Promise<void> {
    const { bits, bitmap: before } = await this.#bitmap(trx, uri);
    const bitmap = Uint8Array.from(before);
    for (const { idx, status } of entries) setStatusAt(bitmap, bits, idx, status);
    await trx.updateTable('status_list').set({ bitmap }).where('uri', '=', uri).execute();
    await this.#sign(trx, uri);
    await recordChange(trx, { kind: 'list', name: uri }, this.#clock.now());
  }

  /** Makes the issuer's next list and publishes that it owns it. Its name is short: it stands in every code. */
  async openShard(trx: CityTransaction, iss: string): Promise<{ uri: string; entries: number }> {
    const {
      slug,
      list_entries: entries,
      list_bits: bits,
    } = await trx
      .selectFrom('issuer')
      .select(['slug', 'list_entries', 'list_bits'])
      .where('iss', '=', iss)
      .executeTakeFirstOrThrow();
    const last = await this.#lastShard(trx, iss);
    const shard = (last?.shard ?? 0) + 1;
    const uri = `urn:lz:${slug}:${shard}`;
    const bitmap = new Uint8Array((entries * bits) / 8);
    await trx
      .insertInto('status_list')
      .values({ uri, iss, shard, entries, bits, bitmap, iat: 0, token: new Uint8Array(0) })
      .execute();
    await this.#sign(trx, uri);
    await publishIssuers(trx, this.#trust);
    return { uri, entries };
  }

  /** The running server's duty. No change is noted: what the list says is what it said. */
  async renew(): Promise<void> {
    const due = Math.floor((this.#clock.now() - LIST_RENEWAL_MS) / 1000);
    const lists = await this.#database
      .selectFrom('status_list')
      .select('uri')
      .where('iat', '<=', due)
      .execute();
    for (const { uri } of lists) {
      await this.#database.transaction().execute(async (trx) => {
        const { iat } = await trx
          .selectFrom('status_list')
          .select('iat')
          .where('uri', '=', uri)
          .executeTakeFirstOrThrow();
        if (iat <= due) await this.#sign(trx, uri); // else another process was first
      });
    }
  }

  async #sign(trx: CityTransaction, uri: string): Promise<void> {
    const list = await trx
      .selectFrom('status_list')
      .selectAll()
      .where('uri', '=', uri)
      .executeTakeFirstOrThrow();
    const now = Math.floor(this.#clock.now() / 1000);
    const iat = Math.max(now, list.iat + 1);
    if (iat > now + MAX_LEAD_SECONDS) throw new Error(`${uri} was signed too often: try again in a minute`);
    const key = await issuerKeyFor(trx, this.#keys, list.iss, { use: 'status' }, now);
    if (!key) throw new Error(`${list.iss} has no status key in its time`);
    const { bits, bitmap } = list;
    const exp = iat + LIST_LIFETIME_SECONDS;
    const token = issueStatusList({ uri, iat, exp, ttl: LIST_TTL_SECONDS, bits, bitmap }, key);
    await trx.updateTable('status_list').set({ iat, token }).where('uri', '=', uri).execute();
  }

  async #shardWithRoom(trx: CityTransaction, iss: string): Promise<{ uri: string; entries: number }> {
    const last = await this.#lastShard(trx, iss);
    if (!last) return await this.openShard(trx, iss);
    const used = (await countIn(trx, 'licence', last.uri)) + (await countIn(trx, 'delegation', last.uri));
    return used < last.entries * FULL_SHARE ? last : await this.openShard(trx, iss);
  }

  async #bitmap(trx: CityTransaction, uri: string): Promise<{ bits: 1 | 2; bitmap: Uint8Array }> {
    return await trx
      .selectFrom('status_list')
      .select(['bits', 'bitmap'])
      .where('uri', '=', uri)
      .executeTakeFirstOrThrow();
  }

  async #lastShard(
    trx: CityTransaction,
    iss: string,
  ): Promise<{ uri: string; shard: number; entries: number } | undefined> {
    return await trx
      .selectFrom('status_list')
      .select(['uri', 'shard', 'entries'])
      .where('iss', '=', iss)
      .orderBy('shard', 'desc')
      .limit(1)
      .executeTakeFirst();
  }
}

async function isTaken(trx: CityTransaction, uri: string, idx: number): Promise<boolean> {
  for (const table of ['licence', 'delegation'] as const) {
    const row = await trx
      .selectFrom(table)
      .select('idx')
      .where('uri', '=', uri)
      .where('idx', '=', idx)
      .executeTakeFirst();
    if (row) return true;
  }
  return false;
}

async function countIn(trx: CityTransaction, table: 'licence' | 'delegation', uri: string): Promise<number> {
  const { used } = await trx
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('used'))
    .where('uri', '=', uri)
    .executeTakeFirstOrThrow();
  return used;
}
