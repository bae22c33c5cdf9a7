import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import type { z } from 'zod';

/**
 * A suite over a file of test vectors that others published. They are not copied into the project: they are read from
 * `LZ_VECTORS`, or from `../shared/vectors` beside the project. Where the file is absent the suite says that it was skipped.
 *
 * @param file path inside the folder of vectors.
 * @throws if the file is there but isn't what the schema says.
 */
export function describeVectors<T>(file: string, schema: z.ZodType<T>, suite: (vectors: T) => void): void {
  const path = `${vectorsFolder()}/${file}`;
  if (existsSync(path)) {
    const vectors = schema.parse(JSON.parse(readFileSync(path, 'utf8')));
    describe(file, () => suite(vectors));
    return;
  }
  console.log(`${file}: skipped: no vectors`);
  describe(file, () => {
    it.skip('skipped: no vectors');
  });
}

function vectorsFolder(): string {
  return process.env.LZ_VECTORS ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
}
