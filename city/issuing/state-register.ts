import { STATUS } from '../../licence/status/status-list.ts';
import type { Clock } from '../clock.ts';
import type { CityDatabase, CityTransaction } from '../store/city-tables.ts';
import type { ListEntry, StatusLists } from './status-lists.ts';

/** What somebody wants: to take back for good, or for a while, or to end that while. */
export type StateChange = 'revoke' | 'suspend' | 'resume';

export type StateAnswer =
  | { readonly outcome: 'changed'; readonly licences: number; readonly delegations: number }
  /** They were in that state already. */
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'unknown' }
  /** A revocation is final. */
  | { readonly outcome: 'revoked' }
  /** It stands in a list of one bit an entry, which knows no suspension. */
  | { readonly outcome: 'no-suspension'; readonly uri: string };

/** What is neither valid nor merely out of its time. */
export type WithdrawnState = 'revoked' | 'suspended';

type Table = 'licence' | 'delegation';
const TABLES: readonly Table[] = ['licence', 'delegation'];

interface Entry {
  readonly table: Table;
  readonly cti: Uint8Array;
  readonly uri: string;
  readonly idx: number;
  readonly revoked_at: number | null;
  readonly suspended_at: number | null;
}

/** Takes licences and delegations back, suspends and resumes them, and publishes that at once. */
export class StateRegister {
  readonly #database: CityDatabase;
  readonly #lists: StatusLists;
  readonly #clock: Clock;

  constructor(database: CityDatabase, lists: StatusLists, clock: Clock) {
    this.#database = database;
    this.#lists = lists;
    this.#clock = clock;
  }

  /**
   * Changes one licence or delegation by its cti (bytes), or all of one `sub` (text), with their lists in the same
   * write. All or none: what can't be suspended keeps the others from it.
   */
  async change(which: Uint8Array | string, change: StateChange): Promise<StateAnswer> {
    return await this.#database.transaction().execute(async (trx) => {
      const all = await find(trx, which);
      if (all.length === 0) return { outcome: 'unknown' };
      const open = all.filter((entry) => entry.revoked_at === null);
      if (open.length === 0) return change === 'revoke' ? { outcome: 'unchanged' } : { outcome: 'revoked' };
      const due = open.filter((entry) => change === 'revoke' || isSuspended(entry) === (change === 'resume'));
      if (due.length === 0) return { outcome: 'unchanged' };
      const byList = Map.groupBy(due, (entry) => entry.uri);
      if (change === 'suspend') {
        for (const uri of byList.keys()) {
          if (!(await this.#lists.canSuspend(trx, uri))) return { outcome: 'no-suspension', uri };
        }
      }
      for (const entry of due) await this.#note(trx, entry, change);
      for (const [uri, entries] of byList) {
        await this.#lists.set(
          trx,
          uri,
          entries.map(({ idx }) => ({ idx, status: VALUE[change] })),
        );
      }
      const licences = due.filter(({ table }) => table === 'licence').length;
      return { outcome: 'changed', licences, delegations: due.length - licences };
    });
  }

  /** What is revoked or suspended, by cti in hex. */
  async withdrawn(): Promise<ReadonlyMap<string, WithdrawnState>> {
    const states = new Map<string, WithdrawnState>();
    for (const table of TABLES) {
      const rows = await this.#database
        .selectFrom(table)
        .select(['cti', 'revoked_at'])
        .where((eb) => eb.or([eb('revoked_at', 'is not', null), eb('suspended_at', 'is not', null)]))
        .execute();
      for (const { cti, revoked_at } of rows) {
        states.set(Buffer.from(cti).toString('hex'), revoked_at === null ? 'suspended' : 'revoked');
      }
    }
    return states;
  }

  async #note(trx: CityTransaction, { table, cti }: Entry, change: StateChange): Promise<void> {
    const now = this.#clock.now();
    const columns =
      change === 'revoke' ? { revoked_at: now } : { suspended_at: change === 'suspend' ? now : null };
    await trx.updateTable(table).set(columns).where('cti', '=', cti).execute();
  }
}

const VALUE: Readonly<Record<StateChange, ListEntry['status']>> = {
  revoke: STATUS.invalid,
  suspend: STATUS.suspended,
  resume: STATUS.valid,
};

function isSuspended(entry: Entry): boolean {
  return entry.suspended_at !== null;
}

async function find(trx: CityTransaction, which: Uint8Array | string): Promise<Entry[]> {
  const found: Entry[] = [];
  for (const table of TABLES) {
    const rows = await trx
      .selectFrom(table)
      .select(['cti', 'uri', 'idx', 'revoked_at', 'suspended_at'])
      .where((eb) => (typeof which === 'string' ? eb('sub', '=', which) : eb('cti', '=', which)))
      .execute();
    found.push(...rows.map((row) => ({ table, ...row })));
  }
  return found;
}
