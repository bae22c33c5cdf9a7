import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Trust } from '../../../licence/trust/trust.ts';
import { openPinnedTrust } from '../../core/pinned-trust.ts';
import { AUDIT_MIGRATIONS } from '../../store/audit-schema.ts';
import type { DataFolder } from '../../store/data-folder.ts';
import { openReader } from '../../store/open-database.ts';
import { SyncReader } from '../../store/sync-store.ts';
import { type PinnedTrust, readTrustPin } from '../../store/trust-pin.ts';
import { Misuse } from './verify-misuse.ts';
import type { StatusListToken } from './verify-status-lists.ts';

/** What a terminal's stores hold of its city. */
export interface StoredCity {
  readonly trust: Trust;
  readonly statusLists: readonly StatusListToken[];
}

/**
 * Reads what the terminal of this folder trusts, and writes nothing: a terminal may run on it or not. As in the
 * terminal, the trust set must follow from the pinned root.
 *
 * @throws Misuse with a sentence where there is no trust to judge by.
 */
export function storedCity(folder: DataFolder): StoredCity {
  try {
    return readStores(folder);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    throw new Misuse(`the stores in ${folder.root} cannot be read: ${error.message}`);
  }
}

function readStores(folder: DataFolder): StoredCity {
  const reader = SyncReader.open(folder.syncDb);
  if (!reader) throw new Misuse(`no terminal is enrolled in ${folder.root} (--data); --issuers needs none`);
  try {
    const files = reader.trustFiles();
    if (!files) {
      throw new Misuse(
        reader.enrolment()
          ? `the terminal in ${folder.root} has had no trust metadata from its city yet`
          : `the terminal in ${folder.root} is not enrolled yet; --issuers needs no enrolment`,
      );
    }
    const pinned = readPin(folder.auditDb);
    // only the terminal writes its store
    const pin = { read: () => pinned, save: () => undefined };
    const opened = openPinnedTrust(files, pin, (version) => reader.rootAfter(version));
    if (!opened.ok) throw new Misuse(`stored trust: ${opened.fault}: ${opened.detail}`);
    const statusLists = reader
      .statusLists()
      .map(({ uri, token }) => ({ from: `the stored status list ${uri}`, uri, token }));
    return { trust: opened.trust, statusLists };
  } finally {
    reader.close();
  }
}

/** What the terminal pinned; nothing where it never ran. @throws Misuse where that can't be told. */
function readPin(auditDb: string): PinnedTrust | undefined {
  if (!existsSync(auditDb)) return undefined;
  const db = openReader(auditDb, AUDIT_MIGRATIONS);
  // without its pin, whatever the agent's store holds would be believed
  if (!db) throw new Misuse(`${auditDb} is of an older release: start the terminal once`);
  try {
    return readTrustPin(db);
  } finally {
    db.close();
  }
}
