import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Reads a file's beginning: it may grow while it is read, or never end. A FIFO without a writer is empty, not a wait. */
export async function readAtMost(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.createReadStream({ end: limit - 1, autoClose: false })) chunks.push(chunk);
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}
