import { z } from 'zod';
import { FRAMING_NAMES } from '../framing/framing.ts';
import type { WireFormat } from '../hook-up.ts';
import { MODULE_NAMES } from '../modules/module.ts';
import { MAX_DESCRIPTOR_BYTES } from '../profiles/device.ts';
import { parseHex, toHex } from './hex.ts';

/**
 * What a scanner sent, as JSON lines that tests and support can replay. The first line says how it is framed, each
 * further one is a chunk: `{"t":12.5,"hex":"4c5a310d"}`, `t` in ms since the start.
 */
export interface RecordingHeader extends WireFormat {
  readonly recording: 1;
  /** For people. */
  readonly model: string;
}

export interface RecordedChunk {
  readonly t: number;
  readonly bytes: Uint8Array;
}

export interface Recording {
  readonly header: RecordingHeader;
  readonly chunks: readonly RecordedChunk[];
}

/** Of a whole recording, in characters: some 8 MB of scanned bytes. */
export const MAX_RECORDING_CHARACTERS = 20_000_000;
/** Of one chunk, in bytes: what a read of a port returns at most. */
export const MAX_CHUNK_BYTES = 65_536;

export function headerLine({ descriptor, ...others }: RecordingHeader): string {
  return JSON.stringify({ ...others, ...(descriptor ? { descriptor: toHex(descriptor) } : {}) });
}

export function chunkLine({ t, bytes }: RecordedChunk): string {
  return JSON.stringify({ t: Math.round(t * 100) / 100, hex: toHex(bytes) });
}

/** @returns the recording, or a sentence that names the line and what is wrong with it. */
export function parseRecording(text: string): Recording | string {
  if (text.length > MAX_RECORDING_CHARACTERS) {
    return `a recording has at most ${MAX_RECORDING_CHARACTERS} characters, this has ${text.length}`;
  }
  const [first = '', ...rest] = text.split('\n').filter((line) => line.trim() !== '');
  if (first === '') return 'the recording is empty';
  const header = parseLine(headerSchema, first, 1);
  if (typeof header === 'string') return header;
  const chunks: RecordedChunk[] = [];
  for (const [i, line] of rest.entries()) {
    const chunk = parseLine(chunkSchema, line, i + 2);
    if (typeof chunk === 'string') return chunk;
    if (chunk.t < (chunks.at(-1)?.t ?? 0)) return `line ${i + 2}: t goes back`;
    chunks.push({ t: chunk.t, bytes: chunk.hex });
  }
  const { descriptor, module, ...others } = header;
  return {
    header: { ...others, ...(module ? { module } : {}), ...(descriptor ? { descriptor } : {}) },
    chunks,
  };
}

const hexOf = (maxBytes: number) =>
  z
    .string()
    .max(2 * maxBytes)
    .transform((text, context) => {
      const bytes = parseHex(text);
      if (bytes) return bytes;
      context.addIssue({ code: 'custom', message: 'not hex' });
      return z.NEVER;
    });

const headerSchema = z.strictObject({
  recording: z.literal(1),
  transport: z.enum(['serial', 'hid', 'keyboard']),
  framing: z.enum(FRAMING_NAMES),
  module: z.enum(MODULE_NAMES).optional(),
  model: z.string().max(200),
  descriptor: hexOf(MAX_DESCRIPTOR_BYTES).optional(),
});

const chunkSchema = z.strictObject({ t: z.number().min(0).max(1e9), hex: hexOf(MAX_CHUNK_BYTES) });

function parseLine<T>(schema: z.ZodType<T>, line: string, number: number): T | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `line ${number} is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : `line ${number}: ${z.prettifyError(parsed.error)}`;
}
