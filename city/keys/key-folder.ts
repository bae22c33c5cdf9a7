import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Whether a missing key may be made. Once something is published under a key, a new one in its place would be silent damage. */
export type WhenAbsent = 'make' | 'fail';

/** `<data>/keys`: one secret per file, mode 0600 in a folder of mode 0700. */
export class KeyFolder {
  readonly #folder: string;

  constructor(data: string) {
    this.#folder = join(data, 'keys');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /**
   * Reads a key file, or makes it. Several processes may be first: the file appears whole by one `link`, and whoever
   * comes second reads the other's.
   *
   * @param make the text of a new file. @throws when it is absent and must not be.
   */
  text(name: string, whenAbsent: WhenAbsent, make: () => string): string {
    const path = join(this.#folder, name);
    const kept = read(path);
    if (kept !== undefined) return kept;
    if (whenAbsent === 'fail') throw new Error(`${path} is missing: restore it from the city's backup`);
    writeOnce(path, make());
    const made = read(path);
    if (made === undefined) throw new Error(`${path} vanished while it was being made`);
    return made;
  }
}

function writeOnce(path: string, text: string): void {
  const fresh = `${path}.${randomBytes(4).toString('hex')}`;
  const file = openSync(fresh, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(fresh, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(fresh);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
