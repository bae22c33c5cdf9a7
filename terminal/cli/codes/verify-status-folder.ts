import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { escapeText } from '../../../licence/cbor/escape-text.ts';
import { MAX_TOKEN_BYTES, statusListName } from '../../../licence/status/status-list.ts';
import { readBounded } from './verify-input.ts';
import { Misuse } from './verify-misuse.ts';
import type { StatusListToken } from './verify-status-lists.ts';

/** Files of one folder; a city of ten million licences has about ten lists. */
export const MAX_STATUS_FILES = 256;

/**
 * The status list tokens of a folder, in the order of their names; what isn't one is complained of. Each is said to be
 * the list that it names itself, which only opening it makes sure of.
 *
 * @throws Misuse, or the system's own error that names the path.
 */
export function statusFolder(
  folder: string,
  complain: (sentence: string) => void,
): readonly StatusListToken[] {
  const names = readdirSync(folder).sort();
  if (names.length > MAX_STATUS_FILES) throw new Misuse(`${folder} has more than ${MAX_STATUS_FILES} files`);
  const tokens: StatusListToken[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const from = escapeText(path);
    const size = fileSize(path);
    if (size === undefined) complain(`${from} is left out: not a file`);
    else if (size > MAX_TOKEN_BYTES) complain(`${from} is left out: longer than any status list token`);
    else {
      const token = readBounded(path, MAX_TOKEN_BYTES);
      const uri = statusListName(token);
      if (uri === undefined) complain(`${from} is left out: not a status list token`);
      else tokens.push({ from, uri, token });
    }
  }
  return tokens;
}

/** undefined for what is no plain file: a pipe would be waited for without end, and a link may lead nowhere. */
function fileSize(path: string): number | undefined {
  const found = lstatSync(path);
  return found.isFile() ? found.size : undefined;
}
