import type { Command } from 'commander';
import { type AuditRow, ROW_PROFILE } from '../../licence/audit/row.ts';
import { openPersonal } from '../../licence/audit/seal.ts';
import { decodeCbor } from '../../licence/cbor/decode.ts';
import type { HeldEpoch } from '../audit/audit-log.ts';
import type { City } from '../city.ts';
import { toJson } from './cbor-json.ts';
import { cityCommand, hex, shownTime, withCity } from './city-command.ts';
import { inert } from './inert.ts';
import { readTerminalId } from './read-terminal-id.ts';

interface AuditOptions {
  readonly data: string;
  readonly terminal?: Uint8Array;
  readonly event?: string;
  readonly json?: true;
  readonly open?: true;
}

export function auditCommand(): Command {
  return cityCommand('audit', 'print audit rows in order and check their chains')
    .option('--terminal <hex>', 'of one terminal only', readTerminalId)
    .option('--event <name>', 'of one event only')
    .option('--json', 'one JSON object per line')
    .option('--open', 'also open the personal part with the city’s audit key')
    .action((options: AuditOptions) =>
      withCity(options.data, async (city) => {
        const epochs = await city.auditLog.epochs(options.terminal);
        if (epochs.length === 0 && !options.json) console.log(nothing(options));
        for (const epoch of epochs) await printEpoch(city, epoch, options);
      }),
    );
}

/** Names the folder: another one than was meant looks just as empty. */
function nothing({ data, terminal }: AuditOptions): string {
  const whose = terminal ? ` of terminal ${hex(terminal)}` : '';
  return `The city at ${data} holds no audit rows${whose}.`;
}

async function printEpoch(city: City, epoch: HeldEpoch, options: AuditOptions): Promise<void> {
  for await (const { seq, receivedAt, row } of city.auditLog.rows(epoch)) {
    // shown whatever event is looked for: nobody can tell which it was
    if (!row) printUnreadable(epoch, seq, receivedAt, options);
    else if (options.event === undefined || row.event === options.event) {
      const personal = options.open && row.sealed ? await openSealed(row.sealed, city) : undefined;
      printRow(row, receivedAt, personal, options);
    }
  }
  const chain = await city.auditLog.checkChain(epoch);
  if (!chain.whole) process.exitCode = 1;
  const { terminalId, seq, head, forkedRows } = epoch;
  if (options.json) {
    const names = { terminal: hex(terminalId), epoch: hex(epoch.epoch) };
    console.log(JSON.stringify({ type: 'epoch', ...names, seq, head: hex(head), chain, forkedRows }));
    return;
  }
  const state = chain.whole ? 'chain whole' : `CHAIN BROKEN at row ${chain.seq}`;
  const fork = forkedRows > 0 ? `, FORKED: ${forkedRows} rows kept beside it` : '';
  console.log(`terminal ${hex(terminalId)} epoch ${hex(epoch.epoch)}: ${seq} rows, ${state}${fork}`);
}

function printRow(row: AuditRow, receivedAt: number, personal: unknown, { json }: AuditOptions): void {
  const open = toJson(row.public);
  if (json) {
    const { seq, unixMs, event } = row;
    const names = { terminal: hex(row.terminalId), epoch: hex(row.epoch) };
    const line = { type: 'row', ...names, seq, unixMs, event, receivedAt, public: open, personal };
    console.log(inert(JSON.stringify(line)));
    return;
  }
  const tail = personal === undefined ? '' : `  personal ${inert(JSON.stringify(personal))}`;
  const time = shownTime(row.unixMs);
  console.log(`${numbered(row.seq)}  ${time}  ${row.event}  ${inert(JSON.stringify(open))}${tail}`);
}

/** One bad row must not end the listing. */
function printUnreadable(epoch: HeldEpoch, seq: number, receivedAt: number, { json }: AuditOptions): void {
  if (json) {
    const names = { terminal: hex(epoch.terminalId), epoch: hex(epoch.epoch) };
    console.log(JSON.stringify({ type: 'unreadable', ...names, seq, receivedAt }));
    return;
  }
  console.log(`${numbered(seq)}  UNREADABLE, received ${shownTime(receivedAt)}`);
}

function numbered(seq: number): string {
  return String(seq).padStart(6);
}

/** The personal part, or what keeps it from being read: one bad row must not end the listing. */
async function openSealed(sealed: Uint8Array, city: City): Promise<unknown> {
  try {
    const decoded = decodeCbor(await openPersonal(sealed, city.keys.audit.privateKey), ROW_PROFILE);
    return decoded.ok ? toJson(decoded.value) : { unreadable: decoded.fault.name };
  } catch (error) {
    if (error instanceof Error) return { unreadable: 'not sealed to this city’s audit key' };
    throw error;
  }
}
