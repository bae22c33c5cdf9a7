import { type Command, InvalidArgumentError } from 'commander';
import { printEvents } from './print-events.ts';
import { parseDevice, scannerTool } from './scanner-tool.ts';

const HELP = `
Prints what a scanner reads until Ctrl-C or --count codes, without judging it: UNVERIFIED, and it may be personal.
--device takes a path (a tty, a PTY, /dev/hidraw0, /dev/input/event3) or an address with options, such as
serial:/dev/ttyUSB0?baud=115200&framing=idle; without it the likeliest scanner is taken. A scanner that goes away is
waited for. A device that a running terminal holds can't be used: end the terminal first.`;

/** Adds `liangzheng scan`. */
export function addScanCommand(program: Command, defaultRoot: string): void {
  program
    .command('scan')
    .description('print what a scanner reads; with --raw also every byte of the wire')
    .option('--device <path>', 'path or address (default: the likeliest scanner)', parseDevice)
    .option('--raw', 'chunks in hex, answers and discarded bytes too')
    .option('--json', 'one JSON object per line')
    .option('--count <n>', 'end after so many codes', parseCount)
    .option('--data <dir>', 'data folder whose scanners.json is heeded', defaultRoot)
    .addHelpText('after', HELP)
    .action(async ({ device, raw, json, count, data }) => {
      const began = performance.now();
      const printer = printEvents({
        json: json ?? false,
        raw: raw ?? false,
        write: (line) => process.stdout.write(`${line}\n`),
        elapsedMs: () => performance.now() - began,
      });
      const tool = await scannerTool(device, data, { tap: printer.tap });
      const { scanner } = tool;
      const end = Promise.withResolvers<void>();
      scanner.on('state', printer.state);
      scanner.on('fault', printer.fault);
      scanner.on('scan', (scan) => {
        // several may come in one chunk
        if (count !== undefined && scanner.statistics.scans > count) return;
        printer.scan(scan);
        if (scanner.statistics.scans === count) end.resolve();
      });
      process.once('SIGINT', () => end.resolve());
      process.once('SIGTERM', () => end.resolve());
      scanner.claim();
      await end.promise;
      await tool.release();
    });
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('a count is a whole number above 0');
}
