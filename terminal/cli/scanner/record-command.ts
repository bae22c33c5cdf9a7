import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { frameToScan } from '../../../drivers/framing/frame-to-scan.ts';
import { chunkLine, headerLine, parseRecording } from '../../../drivers/recording/recording.ts';
import { replay } from '../../../drivers/recording/replay.ts';
import { printEvents } from './print-events.ts';
import { scannerTool } from './scanner-tool.ts';

const RECORD_HELP = `
Records every byte with its time until Ctrl-C, as JSON lines: for support, and as fixtures of tests. The file holds
what was scanned, so use test codes; it is made readable for its owner alone.`;

/** Adds `record FILE` and `replay FILE`. */
export function addRecordCommands(scanner: Command, defaultRoot: string): void {
  scanner
    .command('record')
    .description('write what comes over the wire to a file, with times')
    .argument('<file>', 'a new file')
    .option('--device <path>', 'path or address (default: the likeliest scanner)')
    .option('--data <dir>', 'data folder whose scanners.json is heeded', defaultRoot)
    .addHelpText('after', RECORD_HELP)
    .action((file: string, { device, data }) => record(file, device, data));
  scanner
    .command('replay')
    .description('print what a recording reads as, at the pace it was recorded')
    .argument('<file>', 'a recording')
    .option('--raw', 'chunks in hex, answers and discarded bytes too')
    .option('--json', 'one JSON object per line')
    .action((file: string, { raw, json }) => printRecording(file, raw ?? false, json ?? false));
}

async function record(file: string, device: string | undefined, data: string): Promise<void> {
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  await once(out, 'open');
  const began = performance.now();
  let opened = false;
  let chunks = 0;
  const end = Promise.withResolvers<void>();
  const tool = await scannerTool(device, data, {
    tap: {
      opened: ({ framing, model, descriptor }) => {
        // one recording is one framing: a device that comes back as something else ends it
        if (opened) return end.resolve();
        opened = true;
        out.write(`${headerLine({ recording: 1, framing, model, ...(descriptor ? { descriptor } : {}) })}\n`);
        complain(`recording ${model} to ${file}; Ctrl-C ends it`);
      },
      chunk: (bytes) => {
        chunks += 1;
        out.write(`${chunkLine({ t: performance.now() - began, bytes })}\n`);
      },
    },
  });
  tool.scanner.on('state', (state) => {
    if (state.name === 'searching') complain(state.cure);
  });
  process.once('SIGINT', () => end.resolve());
  process.once('SIGTERM', () => end.resolve());
  tool.scanner.claim();
  await end.promise;
  await tool.release();
  out.end();
  await once(out, 'close');
  complain(`${chunks} chunks recorded`);
}

async function printRecording(file: string, raw: boolean, json: boolean): Promise<void> {
  const recording = parseRecording(readFileSync(file, 'utf8'));
  if (typeof recording === 'string') throw new Error(`${file}: ${recording}`);
  const began = performance.now();
  const now = () => performance.now();
  const printer = printEvents({
    json,
    raw,
    write: (line) => process.stdout.write(`${line}\n`),
    elapsedMs: () => now() - began,
  });
  await replay(recording, now, (frame) => {
    if (frame.name === 'answer') printer.tap.answer?.(frame.bytes);
    if (frame.name === 'discarded') printer.tap.discarded?.(frame);
    if (frame.name !== 'code') return;
    const reading = frameToScan(frame, `replay:${file}`, now());
    if (reading.ok) printer.scan(reading.scan);
    else printer.tap.discarded?.(reading.discarded);
  });
}

function complain(sentence: string): void {
  process.stderr.write(`liangzheng scanner: ${sentence}\n`);
}
