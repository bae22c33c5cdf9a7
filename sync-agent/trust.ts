import { createHash } from 'node:crypto';
import { openTrust, type Trust } from '../licence/trust/trust.ts';
import {
  MAX_METADATA_BYTES,
  nextRoot,
  openRoot,
  openSnapshot,
  openTargets,
  openTimestamp,
  openTrustFiles,
  type TargetInfo,
  type TrustFiles,
  type TrustVersions,
} from '../licence/trust/tuf.ts';
import { floorsAfter } from '../licence/trust/version-floors.ts';
import { ROUTE } from '../licence/wire/route.ts';
import type { StoredRoot, SyncStore } from '../terminal/store/sync-store.ts';
import type { AgentClock } from './agent-clock.ts';
import type { CityClient } from './city-client.ts';
import { failed, type Outcome, succeeded } from './fault.ts';
import { bestUnixMs } from './identity.ts';

/** Roots followed in one run; a real city rotates a few in its life. */
export const MAX_ROOTS_PER_RUN = 64;
export const MAX_TARGETS = 256;
export const MAX_TARGET_BYTES = 2 * 1024 * 1024;
export const MAX_ALL_TARGETS_BYTES = 16 * 1024 * 1024;

const TYPES = ['application/json', 'application/cbor', 'application/octet-stream'];
/** Names a target may have; they become paths. */
const TARGET_NAME = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/;

export interface TrustParts {
  readonly store: SyncStore;
  readonly client: CityClient;
  readonly clock: AgentClock;
}

/**
 * The client workflow of The Update Framework (§5.3-5.7 of its specification). A new set is checked as a whole and
 * written in one transaction, so a refresh that is interrupted leaves the old set.
 */
export class TrustKeeper {
  readonly #parts: TrustParts;
  #current: Trust | undefined;

  constructor(parts: TrustParts) {
    this.#parts = parts;
    const held = parts.store.trustFiles();
    const opened = held && openTrust(held);
    this.#current = opened?.ok ? opened.trust : undefined;
  }

  /** What the store holds and what it means; undefined until the first refresh. Its expiry is for the user to judge. */
  current(): Trust | undefined {
    return this.#current;
  }

  /** Brings the store in step with what the city publishes. */
  async refresh(signal: AbortSignal): Promise<Outcome<'changed' | 'unchanged'>> {
    const { store } = this.#parts;
    const held = heldSet(store);
    const start = held?.files.root ?? store.firstRoot();
    if (!start) return failed('no-trust', 'not enrolled: there is no first root');
    const walked = await this.#rootsAfter(start, signal);
    if (!walked.ok) return walked;
    const root = walked.value.at(-1)?.bytes ?? start;
    const timestamp = await this.#metadata('timestamp.json', signal);
    if (!timestamp.ok) return timestamp;

    const sameAsHeld =
      held !== undefined && same(held.files.root, root) && same(held.files.timestamp, timestamp.value);
    const fetched = sameAsHeld
      ? succeeded(held.files)
      : await this.#below(root, timestamp.value, held?.files.files, signal);
    if (!fetched.ok) return fetched;
    const floors = held && floorsAfter(held.files.root, root, held.versions);
    const opened = openTrust(fetched.value, floors);
    if (!opened.ok) return failed(opened.fault, opened.detail);
    if (this.#isPast(opened.trust.expires)) {
      return failed(
        'expired',
        `what the city publishes ran out at ${new Date(opened.trust.expires).toISOString()}`,
      );
    }
    if (sameAsHeld && this.#current) return succeeded('unchanged');
    if (!sameAsHeld) store.saveTrust(fetched.value, walked.value);
    this.#current = opened.trust;
    return succeeded('changed');
  }

  /** §5.3: N+1 after N+1 until the city has none. */
  async #rootsAfter(start: Uint8Array, signal: AbortSignal): Promise<Outcome<StoredRoot[]>> {
    const first = openRoot(start);
    if (!first.ok) return failed(first.fault, first.detail);
    const walked: StoredRoot[] = [];
    let last: StoredRoot = { version: first.version, bytes: start };
    while (walked.length < MAX_ROOTS_PER_RUN) {
      const fetched = await this.#metadata(`${last.version + 1}.root.json`, signal);
      if (!fetched.ok) {
        const { fault } = fetched;
        return 'status' in fault && fault.status === 404 ? succeeded(walked) : fetched;
      }
      const next = nextRoot(last.bytes, fetched.value);
      if (!next.ok) return failed(next.fault, next.detail);
      last = { version: next.version, bytes: fetched.value };
      walked.push(last);
    }
    return failed('too-large', `more than ${MAX_ROOTS_PER_RUN} new roots`);
  }

  /** §5.5-5.7: what hangs from a timestamp. The whole is checked once more by `openTrust`. */
  async #below(
    root: Uint8Array,
    timestamp: Uint8Array,
    held: ReadonlyMap<string, Uint8Array> | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<TrustFiles>> {
    const stamped = openTimestamp(root, timestamp);
    if (!stamped.ok) return failed(stamped.fault, stamped.detail);
    const snapshot = await this.#metadata(`${stamped.snapshotVersion}.snapshot.json`, signal);
    if (!snapshot.ok) return snapshot;
    const named = openSnapshot(root, snapshot.value);
    if (!named.ok) return failed(named.fault, named.detail);
    const targets = await this.#metadata(`${named.targetsVersion}.targets.json`, signal);
    if (!targets.ok) return targets;
    const listed = openTargets(root, targets.value);
    if (!listed.ok) return failed(listed.fault, listed.detail);
    const files = await this.#targetFiles(listed.targets, held, signal);
    if (!files.ok) return files;
    return succeeded({
      root,
      timestamp,
      snapshot: snapshot.value,
      targets: targets.value,
      files: files.value,
    });
  }

  async #targetFiles(
    listed: readonly TargetInfo[],
    held: ReadonlyMap<string, Uint8Array> | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<Map<string, Uint8Array>>> {
    const total = listed.reduce((sum, { length }) => sum + length, 0);
    if (listed.length > MAX_TARGETS || total > MAX_ALL_TARGETS_BYTES) {
      return failed('too-large', `${listed.length} targets of ${total} bytes`);
    }
    const files = new Map<string, Uint8Array>();
    for (const { name, length, sha256 } of listed) {
      if (!TARGET_NAME.test(name)) return failed('malformed', 'a target name that is no path');
      const kept = held?.get(name);
      if (kept && createHash('sha256').update(kept).digest('hex') === sha256) {
        files.set(name, kept);
        continue;
      }
      const fetched = await this.#fetch(
        `targets/${sha256}.${name}`,
        Math.min(length, MAX_TARGET_BYTES),
        signal,
      );
      if (!fetched.ok) return fetched;
      files.set(name, fetched.value);
    }
    return succeeded(files);
  }

  #metadata(name: string, signal: AbortSignal): Promise<Outcome<Uint8Array>> {
    return this.#fetch(name, MAX_METADATA_BYTES, signal);
  }

  async #fetch(name: string, maxBytes: number, signal: AbortSignal): Promise<Outcome<Uint8Array>> {
    const answer = await this.#parts.client.send(
      {
        method: 'GET',
        path: ROUTE.trust + name,
        accept: TYPES,
        maxBytes,
        // everything here is signed, and at 1970 the keys for the time answer must come from somewhere
        certificateDates: this.#parts.store.signedTime() ? 'judged' : 'tolerated',
      },
      signal,
    );
    return answer.ok ? succeeded(answer.value.body) : answer;
  }

  /** Before the city has signed a time nothing is known to be past. */
  #isPast(unixMs: number): boolean {
    const signed = this.#parts.store.signedTime();
    return signed !== undefined && unixMs <= bestUnixMs(this.#parts.clock.now(), signed);
  }
}

/** The stored set and its versions; undefined when there is none or a damaged one, then the first root is the start. */
function heldSet(store: SyncStore): { files: TrustFiles; versions: TrustVersions } | undefined {
  const files = store.trustFiles();
  // not openTrust: a release with a stricter catalogue must not lose the floors
  const opened = files && openTrustFiles(files);
  return files && opened?.ok ? { files, versions: opened.versions } : undefined;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
