import type { Clock } from '../clock.ts';
import type { RoleKeys } from '../keys/city-key-set.ts';
import { recordChange } from '../store/changes.ts';
import type { CityDatabase, CityTransaction, TrustRole } from '../store/city-tables.ts';
import {
  type PublishedFile,
  pruneTrustFiles,
  readTrustFile,
  retireTrustFile,
  rolePath,
  targetPath,
  writeTrustFile,
} from './trust-files.ts';
import {
  LIFETIME_MS,
  type NamedFile,
  signRoot,
  signSnapshot,
  signTargets,
  signTimestamp,
  tufKeyId,
} from './tuf-metadata.ts';

/** The running server signs a new timestamp when the last one is older than this. */
export const TIMESTAMP_RENEWAL_MS = 60 * 60_000;
/** Targets and snapshot are signed anew at half their life, so that a city where nothing changes doesn't lapse. */
const TARGETS_RENEWAL_MS = LIFETIME_MS.targets / 2;

const FIRST_ROOT = rolePath('root', 1);

/** Publishes trust metadata: versions only grow, and a file appears in the same write as the one that names it. */
export class TrustPublisher {
  readonly #database: CityDatabase;
  readonly #keys: RoleKeys;
  readonly #clock: Clock;

  constructor(database: CityDatabase, keys: RoleKeys, clock: Clock) {
    this.#database = database;
    this.#keys = keys;
    this.#clock = clock;
  }

  /**
   * Publishes the first root and these targets; later only what differs from what is published.
   *
   * @throws when a role's key is not the one the published root names.
   */
  async begin(
    targets: ReadonlyMap<string, Uint8Array>,
    ifNone: ReadonlyMap<string, Uint8Array>,
  ): Promise<void> {
    await this.#database.transaction().execute(async (trx) => {
      const root = await this.#version(trx, 'root');
      if (root > 0) {
        await this.#checkKeys(trx, root);
        await this.publish(trx, targets);
        return;
      }
      const now = this.#clock.now();
      await writeTrustFile(trx, FIRST_ROOT, signRoot(this.#keys, { version: 1, now }));
      await setVersion(trx, 'root', 1, now);
      await this.publish(trx, new Map([...ifNone, ...targets]));
    });
  }

  /** Publishes anew if one of these targets differs from what is published. @returns whether it did. */
  async publish(trx: CityTransaction, changed: ReadonlyMap<string, Uint8Array>): Promise<boolean> {
    const now = this.#clock.now();
    const held = await heldTargets(trx);
    let differs = false;
    for (const [name, bytes] of changed) {
      const before = held.get(name);
      if (before && Buffer.compare(before, bytes) === 0) continue;
      differs = true;
      if (before) await retireTrustFile(trx, targetPath(name, before), now);
      held.set(name, bytes);
      await writeTrustFile(trx, targetPath(name, bytes), bytes);
      await trx
        .insertInto('target')
        .values({ name, bytes })
        .onConflict((oc) => oc.column('name').doUpdateSet({ bytes }))
        .execute();
    }
    if (!differs) return false;
    await this.#signAll(trx, held, now);
    await recordChange(trx, { kind: 'trust', name: '' }, now);
    return true;
  }

  /** The running server's duty: signs what is due. No change is noted: a new date alone is no reason to hurry a fleet. */
  async renew(): Promise<void> {
    const now = this.#clock.now();
    await this.#database.transaction().execute(async (trx) => {
      if ((await signedAt(trx, 'targets')) <= now - TARGETS_RENEWAL_MS) {
        await this.#signAll(trx, await heldTargets(trx), now);
      } else if ((await signedAt(trx, 'timestamp')) <= now - TIMESTAMP_RENEWAL_MS) {
        const version = await this.#version(trx, 'snapshot');
        const snapshot = await readTrustFile(trx, rolePath('snapshot', version));
        if (!snapshot) throw new Error(`snapshot ${version} is not in the store`);
        await this.#signTimestamp(trx, { version, bytes: snapshot.bytes }, now);
      }
    });
    await pruneTrustFiles(this.#database, now);
  }

  /** @param path as it stands after `/v1/trust/`. */
  async file(path: string): Promise<PublishedFile | undefined> {
    return await readTrustFile(this.#database, path);
  }

  /** Current bytes of a target, undefined for a name the city doesn't publish. */
  async target(name: string): Promise<Uint8Array | undefined> {
    const row = await this.#database
      .selectFrom('target')
      .select('bytes')
      .where('name', '=', name)
      .executeTakeFirst();
    return row?.bytes;
  }

  /** Bytes of `1.root.json`: what an enrolment code vouches for. */
  async firstRoot(): Promise<Uint8Array> {
    const file = await this.file(FIRST_ROOT);
    if (!file) throw new Error('the first root is not in the store');
    return file.bytes;
  }

  async #signAll(trx: CityTransaction, targets: ReadonlyMap<string, Uint8Array>, now: number): Promise<void> {
    const targetsFile = await this.#next(trx, 'targets', now, (stamp) =>
      signTargets(this.#keys, targets, stamp),
    );
    const snapshot = await this.#next(trx, 'snapshot', now, (stamp) =>
      signSnapshot(this.#keys, targetsFile, stamp),
    );
    await this.#signTimestamp(trx, snapshot, now);
  }

  async #signTimestamp(trx: CityTransaction, snapshot: NamedFile, now: number): Promise<void> {
    await this.#next(trx, 'timestamp', now, (stamp) => signTimestamp(this.#keys, snapshot, stamp));
  }

  async #next(
    trx: CityTransaction,
    role: TrustRole,
    now: number,
    sign: (stamp: { readonly version: number; readonly now: number }) => Uint8Array,
  ): Promise<NamedFile> {
    const before = await this.#version(trx, role);
    const version = before + 1;
    const bytes = sign({ version, now });
    if (before > 0) await retireTrustFile(trx, rolePath(role, before), now);
    await writeTrustFile(trx, rolePath(role, version), bytes);
    await setVersion(trx, role, version, now);
    return { version, bytes };
  }

  async #version(trx: CityTransaction, role: TrustRole): Promise<number> {
    const row = await trx
      .selectFrom('trust_role')
      .select('version')
      .where('role', '=', role)
      .executeTakeFirst();
    return row?.version ?? 0;
  }

  async #checkKeys(trx: CityTransaction, version: number): Promise<void> {
    const root = await readTrustFile(trx, rolePath('root', version));
    const text = Buffer.from(root?.bytes ?? []).toString('utf8');
    for (const [role, key] of Object.entries(this.#keys)) {
      if (!text.includes(tufKeyId(key.publicKey))) {
        throw new Error(`keys/${role}.key is not the key the published root names`);
      }
    }
  }
}

async function heldTargets(trx: CityTransaction): Promise<Map<string, Uint8Array>> {
  const rows = await trx.selectFrom('target').select(['name', 'bytes']).orderBy('name').execute();
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}

async function signedAt(trx: CityTransaction, role: TrustRole): Promise<number> {
  const row = await trx
    .selectFrom('trust_role')
    .select('signed_at')
    .where('role', '=', role)
    .executeTakeFirst();
  return row?.signed_at ?? 0;
}

async function setVersion(
  trx: CityTransaction,
  role: TrustRole,
  version: number,
  now: number,
): Promise<void> {
  await trx
    .insertInto('trust_role')
    .values({ role, version, signed_at: now })
    .onConflict((oc) => oc.column('role').doUpdateSet({ version, signed_at: now }))
    .execute();
}
