import type { CityDatabase, CityTransaction, TrustRole } from '../store/city-tables.ts';
import { sha256Hex } from './tuf-metadata.ts';

/** A file as `/v1/trust/` serves it. */
export interface PublishedFile {
  readonly bytes: Uint8Array;
  readonly etag: string;
}

/** A terminal that began an update before a newer publication may finish it within this time. */
export const KEEP_RETIRED_MS = 24 * 60 * 60_000;

/** Path under `/v1/trust/`: the timestamp alone has no version in its name, being what everything starts from. */
export function rolePath(role: TrustRole, version: number): string {
  return role === 'timestamp' ? 'timestamp.json' : `${version}.${role}.json`;
}

export function targetPath(name: string, bytes: Uint8Array): string {
  return `targets/${sha256Hex(bytes)}.${name}`;
}

export async function readTrustFile(
  database: CityDatabase | CityTransaction,
  path: string,
): Promise<PublishedFile | undefined> {
  return await database
    .selectFrom('trust_file')
    .select(['bytes', 'etag'])
    .where('path', '=', path)
    .executeTakeFirst();
}

export async function writeTrustFile(trx: CityTransaction, path: string, bytes: Uint8Array): Promise<void> {
  const etag = `"${sha256Hex(bytes).slice(0, 32)}"`;
  await trx
    .insertInto('trust_file')
    .values({ path, bytes, etag, retired_at: null })
    .onConflict((oc) => oc.column('path').doUpdateSet({ bytes, etag, retired_at: null }))
    .execute();
}

export async function retireTrustFile(trx: CityTransaction, path: string, now: number): Promise<void> {
  await trx.updateTable('trust_file').set({ retired_at: now }).where('path', '=', path).execute();
}

export async function pruneTrustFiles(database: CityDatabase, now: number): Promise<void> {
  await database
    .deleteFrom('trust_file')
    .where('retired_at', '<', now - KEEP_RETIRED_MS)
    .execute();
}
