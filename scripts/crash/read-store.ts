import { chainStart } from '../../licence/audit/row.ts';
import { AuditReader, type StoredRow } from '../../terminal/store/audit-reader.ts';
import { AUDIT_MIGRATIONS } from '../../terminal/store/audit-schema.ts';
import { openReader } from '../../terminal/store/open-database.ts';
import { TERMINAL_ID } from './crash-world.ts';

/** A place in the log up to which it has been checked. */
export interface Position {
  /** hex */
  readonly epoch: string;
  readonly seq: number;
  readonly head: Uint8Array;
}

/** What a store holds. */
export interface Found {
  /** Oldest first. */
  readonly epochs: readonly FoundEpoch[];
  /** Hashes of the used-up holder proofs, hex. */
  readonly proofs: ReadonlySet<string>;
}

export interface FoundEpoch {
  /** hex */
  readonly epoch: string;
  /** Where its rows go on from. */
  readonly from: Position;
  readonly rows: readonly StoredRow[];
}

const PAGE_ROWS = 10_000;

/**
 * Reads a store by a connection of its own that changes nothing, as the sync agent does.
 *
 * @param since only what comes after it. @throws where there is no store, or none that can be read.
 */
export function readStore(auditDb: string, since?: Position): Found {
  const db = openReader(auditDb, AUDIT_MIGRATIONS);
  if (!db) return { epochs: [], proofs: new Set() };
  const reader = new AuditReader(db);
  try {
    const names = reader.epochs().map(({ epoch }) => epoch);
    const known = names.findIndex((epoch) => hexOf(epoch) === since?.epoch);
    const epochs = names.slice(Math.max(0, known)).map((bytes) => {
      const epoch = hexOf(bytes);
      const from = since && epoch === since.epoch ? since : startOf(bytes);
      return { epoch, from, rows: rowsAfter(reader, bytes, from.seq) };
    });
    const proofs = db.prepare<[], { hash: Uint8Array }>('SELECT hash FROM used_proof').all();
    return { epochs, proofs: new Set(proofs.map(({ hash }) => hexOf(hash))) };
  } finally {
    reader.close();
  }
}

export function startOf(epoch: Uint8Array): Position {
  return { epoch: hexOf(epoch), seq: 0, head: chainStart(TERMINAL_ID, epoch) };
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function rowsAfter(reader: AuditReader, epoch: Uint8Array, seq: number): StoredRow[] {
  const rows: StoredRow[] = [];
  for (let last = seq; ; ) {
    const page = reader.rowsAfter(epoch, last, PAGE_ROWS);
    rows.push(...page);
    if (page.length < PAGE_ROWS) return rows;
    last = page.at(-1)?.seq ?? last;
  }
}
