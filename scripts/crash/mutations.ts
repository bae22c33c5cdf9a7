import type { AuditStore } from '../../terminal/store/audit-store.ts';

/** The store as it could have been written wrong. A crash test that doesn't notice is worth nothing. */
export const MUTATIONS = {
  /** Tells before the row is on disk: commits every few rows, as one would who wants more of them a second. */
  'ack-first': (store) => {
    let waiting = 0;
    return {
      append: (event, used) => {
        if (waiting === 0) store.run((db) => db.exec('BEGIN IMMEDIATE'));
        const position = store.append(event, used);
        waiting = (waiting + 1) % COMMIT_EVERY;
        if (waiting === 0) store.run((db) => db.exec('COMMIT'));
        return position;
      },
    };
  },
  /** Writes a row again now and then, as one would who isn't sure whether the first attempt went through. */
  twice: (store) => {
    let rows = 0;
    return {
      append: (event, used) => {
        rows += 1;
        if (rows % TWICE_EVERY === 0) store.append(event);
        return store.append(event, used);
      },
    };
  },
  /** Uses up the proof in no transaction at all. */
  'no-proof': (store) => ({ append: (event) => store.append(event) }),
  /** As better-sqlite3 opens a WAL database if it isn't told otherwise. Harmless to a killed process, not to a cut of the power. */
  'normal-sync': (store) => {
    store.run((db) => db.pragma('synchronous = NORMAL'));
    return store;
  },
} satisfies Record<string, (store: AuditStore) => Pick<AuditStore, 'append'>>;

export type Mutation = keyof typeof MUTATIONS;

export function isMutation(name: string): name is Mutation {
  return Object.hasOwn(MUTATIONS, name);
}

const COMMIT_EVERY = 16;
const TWICE_EVERY = 8;
