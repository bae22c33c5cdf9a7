import type { Command } from 'commander';
import { frameToScan } from '../../../drivers/framing/frame-to-scan.ts';
import { readAtMost } from '../../../drivers/read-at-most.ts';
import { MAX_RECORDING_CHARACTERS, parseRecording } from '../../../drivers/recording/recording.ts';
import { RecordingFile } from '../../../drivers/recording/recording-file.ts';
import { replay } from '../../../drivers/recording/replay.ts';
import type { WiredAddress } from '../../../drivers/scanner-address.ts';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';
import { printEvents } from './print-events.ts';
import { parseDevice, scannerTool } from './scanner-tool.ts';

const RECORD_HELP = `
Records every byte with its time until Ctrl-C, as JSON lines: for support, and as fixtures of tests. The file holds
what was scanned, so use test codes; it is made readable for its owner alone. A recording ends by itself when the
device comes back after an unplug, and at 20 million characters.`;

/** Adds `record FILE` and `replay FILE`. */
export function addRecordCommands(scanner: Command, defaultRoot: string): void {
  scanner
    .command('record')
    .description('write what comes over the wire to a file, with times')
    .argument('<file>', 'a new file')
    .option('--device <path>', 'path or address (default: the likeliest scanner)', parseDevice)
    .option('--json', 'one JSON object per line')
    .option('--data <dir>', 'data folder whose scanners.json is heeded', defaultRoot)
    .addHelpText('after', RECORD_HELP)
    .action((file: string, { device, data, json }) => record(file, device, data, json ?? false));
  scanner
    .command('replay')
    .description('print what a recording reads as, at the pace it was recorded')
    .argument('<file>', 'a recording')
    .option('--raw', 'chunks in hex, answers and discarded bytes too')
    .option('--json', 'one JSON object per line')
    .action((file: string, { raw, json }) => printRecording(file, raw ?? false, json ?? false));
}

async function record(
  file: string,
  device: WiredAddress | undefined,
  data: string,
  json: boolean,
): Promise<void> {
  const end = Promise.withResolvers<void>();
  const recording = new RecordingFile(file, () => end.resolve());
  const tell = (event: object, sentence: string) =>
    process.stdout.write(`${escapeUnseen(json ? JSON.stringify(event) : sentence)}\n`);
  const tool = await scannerTool(device, data, {
    tap: {
      opened: ({ wire, model }) => {
        recording.begin({ recording: 1, ...wire, model });
        tell({ type: 'recording', file, model }, `recording ${model} to ${file}; Ctrl-C ends it`);
      },
      chunk: (bytes) => recording.add(bytes),
    },
  });
  tool.scanner.on('state', (state) => {
    if (state.name === 'searching') tell({ type: 'state', state: state.name, cure: state.cure }, state.cure);
  });
  process.once('SIGINT', () => end.resolve());
  process.once('SIGTERM', () => end.resolve());
  tool.scanner.claim();
  await end.promise;
  await tool.release();
  const chunks = recording.close();
  tell(
    { type: 'recorded', file, chunks },
    chunks === 0 ? 'nothing was recorded' : `${chunks} chunks recorded`,
  );
}

async function printRecording(file: string, raw: boolean, json: boolean): Promise<void> {
  const text = Buffer.from(await readAtMost(file, MAX_RECORDING_CHARACTERS + 1)).toString('utf8');
  const recording = parseRecording(text);
  if (typeof recording === 'string') throw new Error(`${file}: ${recording}`);
  const began = performance.now();
  const now = () => performance.now();
  const printer = printEvents({
    json,
    raw,
    write: (line) => process.stdout.write(`${line}\n`),
    elapsedMs: () => now() - began,
  });
  await replay(recording, now, {
    ...(printer.tap.chunk ? { chunk: printer.tap.chunk } : {}),
    frame(frame) {
      if (frame.name === 'answer') printer.tap.answer?.(frame.bytes);
      if (frame.name === 'discarded') printer.tap.discarded?.(frame);
      if (frame.name !== 'code') return;
      const reading = frameToScan(frame, `replay:${file}`, now());
      if (reading.ok) printer.scan(reading.scan);
      else printer.tap.discarded?.(reading.discarded);
    },
  });
}
