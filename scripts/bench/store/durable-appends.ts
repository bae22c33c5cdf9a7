import { randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AuditStore } from '../../../terminal/store/audit-store.ts';
import { dataFolder } from '../../../terminal/store/data-folder.ts';
import { acceptedEvent } from './sample-event.ts';

/** They take turns by so many, so that noise hits all alike … */
const PER_TURN = 20;
/** … and a round has so many turns that it pays for its checkpoints. */
const TURNS = 30;
const ROUNDS = 9;

/** ms each took in one round, on average. */
export interface AppendRound {
  /** 4 KB overwritten and fdatasync'ed: the least any durable write can take on this disk. */
  readonly raw: number;
  /** Rows, each committed by itself. */
  readonly rows: number;
  /** Rows of accepted scans, each with the holder proof it uses up. */
  readonly rowsWithProof: number;
}

/** @param root an empty folder on the disk in question. */
export function durableAppends(root: string): AppendRound[] {
  const store = new AuditStore({
    folder: dataFolder(root),
    terminalId: new Uint8Array(16),
    onNews: () => undefined,
  });
  const file = openSync(join(root, 'raw'), 'w');
  const page = Buffer.alloc(4096, 1);
  const works = {
    raw: () => {
      writeSync(file, page, 0, page.length, 0);
      fdatasyncSync(file);
    },
    rows: () => void store.append(EVENT),
    rowsWithProof: () => void store.append(EVENT, { hash: new Uint8Array(randomBytes(32)), until: 0 }),
  };
  const round = (): AppendRound => {
    const ms = { raw: 0, rows: 0, rowsWithProof: 0 };
    for (let turn = 0; turn < TURNS; turn++) {
      ms.raw += took(works.raw);
      ms.rows += took(works.rows);
      ms.rowsWithProof += took(works.rowsWithProof);
    }
    const each = PER_TURN * TURNS;
    return { raw: ms.raw / each, rows: ms.rows / each, rowsWithProof: ms.rowsWithProof / each };
  };
  try {
    round(); // compiles, and makes the files
    return Array.from({ length: ROUNDS }, round);
  } finally {
    closeSync(file);
    store.close();
  }
}

const EVENT = acceptedEvent(1);

/** ms of one turn */
function took(work: () => void): number {
  const began = performance.now();
  for (let i = 0; i < PER_TURN; i++) work();
  return performance.now() - began;
}
