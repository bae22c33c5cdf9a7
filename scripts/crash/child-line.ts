import { writeSync } from 'node:fs';
import { z } from 'zod';

const hex = z.string().regex(/^([0-9a-f]{2})+$/);

/** A verdict was told, and its row is said to be on disk. */
const told = z.strictObject({
  type: z.literal('told'),
  scan: z.string(),
  epoch: hex,
  seq: z.int().min(1),
  /** Chain head after the row: stands for its bytes and for those of all rows before it. */
  head: hex,
  /** The holder proof used up with it. */
  proof: hex.optional(),
});

const line = z.discriminatedUnion('type', [
  /** The store is about to be opened. */
  z.strictObject({ type: z.literal('opening') }),
  told,
  /** What the store had to report: after a kill or a power cut there is nothing to report. */
  z.strictObject({ type: z.literal('news'), detail: z.string() }),
  /** What the store holds, said by a child in a guest whose disk nobody else can read. */
  z.strictObject({
    type: z.literal('row'),
    epoch: hex,
    seq: z.int().min(1),
    head: hex,
    bytes: z.base64(),
  }),
  z.strictObject({ type: z.literal('proof'), hash: hex }),
  z.strictObject({ type: z.literal('read'), epochs: z.array(hex) }),
]);

/** What the scanning child says, a line of JSON each. */
export type ChildLine = z.infer<typeof line>;
export type Told = z.infer<typeof told>;

/** Handed to the kernel when this returns: what was said before a kill is heard after it. */
export function say(said: ChildLine): void {
  writeSync(1, `${JSON.stringify(said)}\n`);
}

/** @throws for anything else: the child and its parent are of one release. */
export function parseLine(text: string): ChildLine {
  return line.parse(JSON.parse(text));
}
