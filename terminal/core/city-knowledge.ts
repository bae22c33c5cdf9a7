import { PersonalSealer } from '../../licence/audit/seal.ts';
import { type BestTime, MAX_FUTURE_IAT_MS, type SignedTime } from '../../licence/best-time.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { judgeReplacement } from '../../licence/status/judge-replacement.ts';
import { openStatusList, type StatusList } from '../../licence/status/status-list.ts';
import type { Trust } from '../../licence/trust/trust.ts';
import { openSignedTime } from '../../licence/wire/signed-time.ts';
import type { SyncSource } from '../store/sync-source.ts';
import type { SyncReader, TaskState, Watermark } from '../store/sync-store.ts';
import type { TrustPin } from '../store/trust-pin.ts';
import type { Clock } from './clock.ts';
import { openPinnedTrust } from './pinned-trust.ts';
import type { TimeKeeper } from './time-keeper.ts';

/** A city whose last good answer is older than this counts as disconnected on the screens. */
export const CONNECTED_WITHIN_MS = 10 * 60_000;

/**
 * What the terminal knows from the city. It reads what the agent stored and opens it again from its signatures, down
 * from the root it came to trust: a store that was tampered with yields nothing, not something false.
 */
export class CityKnowledge {
  readonly #parts: CityKnowledgeParts;
  #reader: SyncReader | undefined;
  #version = -1;
  #signedTime: SignedTime | undefined;
  #trust: Trust | undefined;
  /** The bytes the trust in use was opened from. */
  #trustStamp: Uint8Array = NOTHING;
  #sealer: PersonalSealer | undefined;
  #lists: ReadonlyMap<string, HeldList> = new Map();
  /** The latest iat seen of each list: an older one put back into the store takes no revocation back. */
  readonly #listFloors = new Map<string, number>();

  constructor(parts: CityKnowledgeParts) {
    this.#parts = parts;
  }

  /** Reads again if the agent has written since. @returns whether anything was read. @throws if it can't be read. */
  refresh(): boolean {
    const reader = this.#parts.source.reader();
    // a store made anew counts its versions from the start; until then, what was known is still known
    if (reader !== this.#reader) this.#version = -1;
    this.#reader = reader;
    const version = reader?.dataVersion();
    if (!reader || version === undefined || version === this.#version) return false;
    this.#trust = this.#openTrust(reader);
    this.#signedTime = this.#openTime(reader) ?? this.#signedTime;
    this.#lists = this.#openLists(reader);
    this.#version = version; // last: what couldn't be read is read again
    return true;
  }

  get trust(): Trust | undefined {
    return this.#trust;
  }

  /** Seals to the city's audit key; there as soon as trust is. */
  get sealer(): PersonalSealer | undefined {
    return this.#sealer;
  }

  get signedTime(): SignedTime | undefined {
    return this.#signedTime;
  }

  time(): BestTime {
    return this.#parts.timeKeeper.now(this.#signedTime);
  }

  /** The likeliest time, unix ms: to date a record, never to judge by. */
  estimatedTime(): number {
    return this.#parts.timeKeeper.estimate(this.#signedTime);
  }

  statusList(uri: string): StatusList | undefined {
    const list = this.#lists.get(uri)?.list;
    const time = this.time();
    if (!list || !time.trusted || !time.signed) return list;
    return list.iat * 1000 > time.unixMs + MAX_FUTURE_IAT_MS ? undefined : list;
  }

  get statusLists(): readonly StatusList[] {
    return [...this.#lists.values()].map((held) => held.list);
  }

  /** Lists that admitted issuers own and the agent hasn't fetched yet: licences on them can't be judged. */
  get missingLists(): readonly string[] {
    const owned = this.#trust?.issuers.flatMap(({ statusLists }) => statusLists) ?? [];
    return owned.map(({ uri }) => uri).filter((uri) => !this.#lists.has(uri));
  }

  /** Whether the agent's last word with the city was a recent success. */
  connected(): boolean {
    const talks = this.tasks().filter(({ name }) => name === 'report' || name === 'hints');
    const okAt = Math.max(0, ...talks.map((task) => task.okAt ?? 0));
    const failedAt = Math.max(0, ...talks.map((task) => task.failedAt ?? 0));
    return okAt > this.#parts.clock.now() - CONNECTED_WITHIN_MS && okAt >= failedAt;
  }

  tasks(): TaskState[] {
    return this.#reader?.tasks() ?? [];
  }

  watermark(epoch: Uint8Array): Watermark | undefined {
    return this.#reader?.watermark(epoch);
  }

  /** The watermark up to which rows may be removed: of a forked epoch, the city's own rows are not these. */
  delivered(epoch: Uint8Array): Watermark | undefined {
    const watermark = this.watermark(epoch);
    if (!watermark?.forked) return watermark;
    return { ...watermark, seq: this.#reader?.forkSent(epoch) ?? 0 };
  }

  /** Opening checks four signatures and parses a catalogue: only done when the set has changed. */
  #openTrust(reader: SyncReader): Trust | undefined {
    const stamp = reader.trustStamp();
    if (this.#trust && stamp && Buffer.compare(stamp, this.#trustStamp) === 0) return this.#trust;
    const files = reader.trustFiles();
    if (!files || !stamp) return undefined;
    const opened = openPinnedTrust(files, this.#parts.pin, (version) => reader.rootAfter(version));
    if (!opened.ok) {
      this.#parts.onFault(`stored trust: ${opened.fault}: ${opened.detail}`);
      return undefined;
    }
    this.#trustStamp = stamp;
    this.#sealer = new PersonalSealer(opened.trust.city.auditKey);
    return opened.trust;
  }

  /** The floor is what the city signed; the offset, which nobody can sign, is the agent's word. */
  #openTime(reader: SyncReader): SignedTime | undefined {
    const stored = reader.signedTime();
    const proof = reader.timeProof();
    if (!stored || !proof || !this.#trust) return undefined;
    const opened = openSignedTime(proof, this.#trust.city, this.#parts.verifier);
    if (opened.ok) return { offsetMs: stored.offsetMs, floorMs: opened.value };
    this.#parts.onFault(`stored time: ${opened.detail}`);
    return undefined;
  }

  #openLists(reader: SyncReader): ReadonlyMap<string, HeldList> {
    const lists = new Map<string, HeldList>();
    const trust = this.#trust;
    if (!trust) return lists;
    const { onFault, verifier } = this.#parts;
    for (const { uri, revision } of reader.statusListHeads()) {
      const held = this.#lists.get(uri);
      // the same token under the same trust: no need to check and inflate it again
      if (held && held.reader === reader && held.revision === revision && held.trust === trust) {
        lists.set(uri, held);
        continue;
      }
      const token = reader.statusListToken(uri);
      if (!token) continue;
      const opened = openStatusList(token, uri, trust.issuers, verifier);
      if (!opened.ok) {
        onFault(`stored status list: ${opened.detail}`);
        continue;
      }
      const from = { reader, revision, trust };
      const known = held?.trust === trust ? held : undefined;
      const replacement = judgeReplacement(known?.list, opened.list);
      const fell = opened.list.iat < (this.#listFloors.get(uri) ?? 0);
      if (replacement === 'same' || (replacement === 'newer' && !fell)) {
        this.#listFloors.set(uri, opened.list.iat);
        lists.set(uri, { list: opened.list, ...from });
        continue;
      }
      onFault(`stored status list: ${uri} is not later than the one it would take the place of`);
      if (known) lists.set(uri, { ...known, ...from });
    }
    return lists;
  }
}

export interface CityKnowledgeParts {
  readonly source: SyncSource;
  readonly pin: TrustPin;
  readonly timeKeeper: TimeKeeper;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
  /** Told of stored things that don't verify. */
  readonly onFault: (detail: string) => void;
}

const NOTHING = new Uint8Array(0);

/** A list, and what it was opened from. */
interface HeldList {
  readonly list: StatusList;
  readonly reader: SyncReader;
  readonly revision: number;
  readonly trust: Trust;
}
