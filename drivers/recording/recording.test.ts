import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Frame } from '../framing/framing.ts';
import { chunkLine, headerLine, MAX_CHUNK_BYTES, parseRecording, type Recording } from './recording.ts';
import { replay } from './replay.ts';

const HEADER = '{"recording":1,"transport":"serial","framing":"line","model":"test"}';
const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

test('what is written is read again', () => {
  const header = {
    recording: 1,
    transport: 'hid',
    framing: 'hid-pos',
    module: 'honeywell',
    model: 'HID POS scanner',
    descriptor: Uint8Array.of(5, 0x8c),
  } as const;
  const chunks = [
    { t: 0, bytes: ascii('LZ1:') },
    { t: 12.34, bytes: ascii('6BF\r') },
  ];
  const text = [headerLine(header), ...chunks.map(chunkLine)].join('\n');
  expect(parseRecording(text)).toEqual({ header, chunks });
});

test.each([
  ['', 'empty'],
  ['{', 'line 1 is no JSON'],
  ['{"recording":2,"framing":"line","model":""}', 'line 1'],
  ['{"recording":1,"framing":"morse","model":""}', 'framing'],
  [`${HEADER}\n{"t":0,"hex":"4"}`, 'line 2'],
  [`${HEADER}\n{"t":0,"hex":"zz"}`, 'not hex'],
  [`${HEADER}\n{"t":5,"hex":""}\n{"t":4,"hex":""}`, 'line 3: t goes back'],
  [`${HEADER}\n{"t":0,"hex":"","more":1}`, 'more'],
  [`${HEADER}\n{"t":0,"hex":"${'00'.repeat(MAX_CHUNK_BYTES + 1)}"}`, 'line 2'],
])('"%s" is refused, naming %s', (text, named) => {
  expect(parseRecording(text)).toContain(named);
});

test.each(['\n\n', '\r\n'])('lines may be ended by %j', (end) => {
  expect(parseRecording(`${HEADER}${end}{"t":0,"hex":"41"}${end}`)).toMatchObject({
    chunks: [{ bytes: ascii('A') }],
  });
});

test.each([
  [
    'newland-serial.jsonl',
    [
      ['answer', '\x02\x010000#SCNMOD2\x06;\x03'],
      ['code', 'LZ1:TEST-CODE-ONE'],
      ['code', '\xd0\xed\xbf\xc9\xd6\xa4'],
      ['discarded', 'HALF A CO'],
    ],
  ],
  [
    'honeywell-hid-pos.jsonl',
    [
      ['code', `LZ1:${'TEST'.repeat(40)}`],
      ['answer', 'REVINF\x06.'],
    ],
  ],
])('%s, recorded beside a module, replays as codes and answers', async (file, expected) => {
  const recording = parseRecording(readFileSync(join(import.meta.dirname, 'fixtures', file), 'utf8'));
  if (typeof recording === 'string') throw new Error(recording);
  expect(await framesOf(recording)).toEqual(expected);
});

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a replay gives the codes of the recording, and what was half read is discarded', async () => {
  const recording: Recording = {
    header: { recording: 1, transport: 'serial', framing: 'line', model: 'test' },
    chunks: [
      { t: 100, bytes: ascii('WHO') },
      { t: 200, bytes: ascii('LE\rNOI') },
      { t: 900_000, bytes: ascii('NEXT\rHALF') },
    ],
  };
  expect(await framesOf(recording)).toEqual([
    ['code', 'WHOLE'],
    ['discarded', 'NOI'],
    ['code', 'NEXT'],
    ['discarded', 'HALF'],
  ]);
});

async function framesOf(recording: Recording): Promise<string[][]> {
  const frames: Frame[] = [];
  const done = replay(recording, () => performance.now(), { frame: (frame) => frames.push(frame) });
  await vi.advanceTimersByTimeAsync(20_000);
  await done;
  return frames.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('latin1')]);
}
