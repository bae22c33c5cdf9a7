import { randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import { CTI_BYTES } from '../../licence/cwt.ts';
import { formatGrant } from '../../licence/wire/grant-text.ts';
import { MAX_GRANT_SECONDS, STAFF_ID, sealMaintenanceGrant } from '../../licence/wire/maintenance-grant.ts';
import { cityCommand, hex, wholeNumber, withCity } from './city-command.ts';
import { readTerminalId } from './read-terminal-id.ts';

interface GrantOptions {
  readonly data: string;
  readonly terminal: Uint8Array;
  readonly staff: string;
  readonly hours: number;
}

const HOUR_SECONDS = 3600;
/** For one visit. */
const DEFAULT_HOURS = 4;

export function maintenanceGrantCommand(): Command {
  return cityCommand(
    'maintenance-grant',
    'let somebody maintain one terminal for some hours; prints the grant',
  )
    .requiredOption('--terminal <hex>', 'the terminal, as "terminals" lists it', readTerminalId)
    .requiredOption('--staff <id>', 'whom it is for, as the terminal has them', readStaffId)
    .option('--hours <n>', 'how long', wholeNumber(1, MAX_GRANT_SECONDS / HOUR_SECONDS), DEFAULT_HOURS)
    .action(({ data, terminal: terminalId, staff, hours }: GrantOptions) =>
      withCity(data, async (city) => {
        if (!(await city.terminals.list()).some(({ id }) => Buffer.compare(id, terminalId) === 0)) {
          throw new Error(`not granted: no terminal ${hex(terminalId)} is enrolled; "terminals" lists them`);
        }
        const exp = Math.floor(city.clock.now() / 1000) + hours * HOUR_SECONDS;
        const cti = new Uint8Array(randomBytes(CTI_BYTES));
        console.log(formatGrant(sealMaintenanceGrant({ terminalId, staff, exp, cti }, city.keys.city)));
      }),
    );
}

function readStaffId(text: string): string {
  if (STAFF_ID.test(text)) return text;
  throw new InvalidArgumentError('expected up to 32 letters, digits, dots, dashes and underscores');
}
