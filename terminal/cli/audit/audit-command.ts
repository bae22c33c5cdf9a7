import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';
import { EPOCH_BYTES } from '../../../licence/wire/label.ts';
import { AUDIT_EVENTS } from '../../audit-events.ts';
import type { AuditReader } from '../../store/audit-reader.ts';
import { AuditWitness } from '../../store/audit-witness.ts';
import { type DataFolder, dataFolder } from '../../store/data-folder.ts';
import { SyncReader } from '../../store/sync-store.ts';
import { openAudit } from './open-audit.ts';
import { lastRows, type PickedRow, rowsFrom } from './pick-rows.ts';
import { rowJson, rowLine } from './row-text.ts';
import { verifyAudit } from './verify-audit.ts';

const HELP = `
All three only read, and work while the terminal runs. What is sealed in a row is for the city alone and stays sealed.

Exit code of verify 0: every chain holds, and neither the city nor the witness beside the store knows of a row that
isn't here. 1: something doesn't hold, or the store can't be read. Of another file only its own epochs are compared.`;

const SHOWN_BY_DEFAULT = 20;

/** Adds `liangzheng audit verify|show|export`. @param defaultRoot the data folder without `--data`. */
export function addAuditCommand(program: Command, defaultRoot: string): void {
  const audit = program
    .command('audit')
    .description('check, show or export the audit log of this terminal')
    .addHelpText('after', HELP);
  const command = (name: string, description: string) =>
    audit
      .command(name)
      .description(description)
      .option('--data <dir>', 'data folder', defaultRoot)
      .option('--file <file>', 'another audit store, such as one that was set aside');

  command('verify', 'recompute every chain and compare it with what the city has').action((wish) => {
    // before the log, which a running terminal goes on writing
    const position = new AuditWitness(folderOf(wish).witness).read();
    process.exitCode = withAudit(wish, (reader, folder) => {
      const city = existsSync(folder.syncDb) ? SyncReader.open(folder.syncDb) : undefined;
      try {
        const witnesses = { city, ...(wish.file === undefined ? { current: { position } } : {}) };
        return verifyAudit(reader, witnesses, {
          say: (line) => process.stdout.write(`${escapeUnseen(line)}\n`),
          progress: (line) => process.stderr.write(`${line}\n`),
        });
      } finally {
        city?.close();
      }
    });
  });

  command('show', 'print the latest rows')
    .option('--last <n>', 'how many', parseCount, SHOWN_BY_DEFAULT)
    .addOption(new Option('--event <name>', 'only of this event').choices(Object.keys(AUDIT_EVENTS)))
    .option('--json', 'one JSON object per line, as export has them')
    .action(async ({ last, event, json, ...wish }) => {
      const line = ({ epoch, row }: PickedRow) => (json ? rowJson(epoch, row) : rowLine(row));
      const rows = withAudit(wish, (reader) => lastRows(reader, last, event));
      for (const row of rows) await write(`${line(row)}\n`);
    });

  command('export', 'every row with its chain head, for whoever wants to check for themselves')
    .option('--from <seq>', 'first row of each epoch', parseCount, 1)
    .option('--epoch <hex>', 'only this epoch', parseEpoch)
    .addOption(
      new Option('--format <format>', 'JSON lines, or a CBOR sequence of the rows as they were hashed')
        .choices(['jsonl', 'cbor'])
        .default('jsonl'),
    )
    .action(async ({ from, epoch: only, format, ...wish }) => {
      const reader = openAudit(fileOf(wish));
      try {
        for (const { epoch, row } of rowsFrom(reader, from, only)) {
          await write(format === 'cbor' ? row.bytes : `${rowJson(epoch, row)}\n`);
        }
      } finally {
        reader.close();
      }
    });
}

interface WhichStore {
  readonly data: string;
  readonly file?: string;
}

function withAudit<T>(wish: WhichStore, work: (reader: AuditReader, folder: DataFolder) => T): T {
  const reader = openAudit(fileOf(wish));
  try {
    return work(reader, folderOf(wish));
  } finally {
    reader.close();
  }
}

function fileOf(wish: WhichStore): string {
  return wish.file ?? folderOf(wish).auditDb;
}

function folderOf({ data }: WhichStore): DataFolder {
  return dataFolder(join(data, 'terminal'));
}

/** No faster than it is read: a log may be larger than memory. */
async function write(chunk: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError('expected a number from 1 on');
}

function parseEpoch(text: string): Uint8Array {
  if (/^[0-9a-f]+$/i.test(text) && text.length === 2 * EPOCH_BYTES)
    return new Uint8Array(Buffer.from(text, 'hex'));
  throw new InvalidArgumentError(`expected ${2 * EPOCH_BYTES} hex digits`);
}
