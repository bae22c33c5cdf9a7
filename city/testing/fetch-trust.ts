import { openSnapshot, openTargets, openTimestamp, type TrustFiles } from '../../licence/trust/tuf.ts';

/** Fetches a whole set from `/v1/trust/` as a terminal does: each file names the next. */
export async function fetchTrust(url: string): Promise<TrustFiles> {
  const root = await get(url, '1.root.json');
  const timestamp = await get(url, 'timestamp.json');
  const named = must(openTimestamp(root, timestamp));
  const snapshot = await get(url, `${named.snapshotVersion}.snapshot.json`);
  const targetsVersion = must(openSnapshot(root, snapshot)).targetsVersion;
  const targets = await get(url, `${targetsVersion}.targets.json`);
  const files = new Map<string, Uint8Array>();
  for (const { name, sha256 } of must(openTargets(root, targets)).targets) {
    files.set(name, await get(url, `targets/${sha256}.${name}`));
  }
  return { root, timestamp, snapshot, targets, files };
}

async function get(url: string, path: string): Promise<Uint8Array> {
  const answer = await fetch(`${url}/v1/trust/${path}`);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  return await answer.bytes();
}

function must<T extends { readonly ok: boolean }>(opened: T): Extract<T, { readonly ok: true }> {
  if (!opened.ok) throw new Error(`does not open: ${JSON.stringify(opened)}`);
  return opened as Extract<T, { readonly ok: true }>;
}
