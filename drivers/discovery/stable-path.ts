import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The name that udev keeps for a device over replugging: of the links in `folder` (`/dev/serial/by-id`) the first that
 * leads to `path`. Undefined where there is none, or no udev.
 */
export async function stablePathOf(folder: string, path: string): Promise<string | undefined> {
  const [names, device] = await Promise.all([readdir(folder).catch(() => []), followed(path)]);
  for (const name of names.sort().slice(0, MAX_LINKS)) {
    const link = join(folder, name);
    if (device !== undefined && (await followed(link)) === device) return link;
  }
  return undefined;
}

/** As many as devices are looked at, with a few names each. */
const MAX_LINKS = 1_024;

async function followed(path: string): Promise<string | undefined> {
  return await realpath(path).catch(() => undefined);
}
