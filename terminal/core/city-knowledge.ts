import { PersonalSealer } from '../../licence/audit/seal.ts';
import { type BestTime, bestTime, MAX_FUTURE_IAT_MS, type SignedTime } from '../../licence/best-time.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { openStatusList, type StatusList } from '../../licence/status/status-list.ts';
import { openTrust, type Trust } from '../../licence/trust/trust.ts';
import type { SyncReader, Watermark } from '../store/sync-store.ts';
import type { Clock } from './clock.ts';

/** A city whose last good answer is older than this counts as disconnected on the screens. */
export const CONNECTED_WITHIN_MS = 10 * 60_000;

/**
 * What the terminal knows from the city. It reads what the agent stored and opens it again from its signatures: a
 * store that was tampered with yields nothing, not something false.
 */
export class CityKnowledge {
  readonly #reader: SyncReader;
  readonly #verifier: SignatureVerifier;
  readonly #clock: Clock;
  readonly #buildMs: number;
  readonly #onFault: (detail: string) => void;
  #version = -1;
  #signedTime: SignedTime | undefined;
  #trust: Trust | undefined;
  #trustTimestamp: Uint8Array = NOTHING;
  #sealer: PersonalSealer | undefined;
  #lists: ReadonlyMap<string, HeldList> = new Map();

  constructor(parts: {
    readonly reader: SyncReader;
    readonly verifier: SignatureVerifier;
    readonly clock: Clock;
    /** unix ms before which no clock can be right */
    readonly buildMs: number;
    /** Told of stored things that no longer verify. */
    readonly onFault: (detail: string) => void;
  }) {
    this.#reader = parts.reader;
    this.#verifier = parts.verifier;
    this.#clock = parts.clock;
    this.#buildMs = parts.buildMs;
    this.#onFault = parts.onFault;
    this.refresh();
  }

  /** Reads again if the agent has written since. @returns whether anything was read. */
  refresh(): boolean {
    const version = this.#reader.dataVersion();
    if (version === this.#version) return false;
    this.#signedTime = this.#reader.signedTime();
    this.#trust = this.#openTrust();
    this.#lists = this.#openLists();
    this.#version = version; // last: what couldn't be read is read again
    return true;
  }

  get enrolled(): boolean {
    return this.#reader.enrolment() !== undefined;
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
    return bestTime(this.#clock.now(), this.#signedTime, this.#buildMs);
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

  /** Whether the agent's last word with the city was a recent success. */
  connected(): boolean {
    const talks = this.#reader.tasks().filter(({ name }) => name === 'report' || name === 'hints');
    const okAt = Math.max(0, ...talks.map((task) => task.okAt ?? 0));
    const failedAt = Math.max(0, ...talks.map((task) => task.failedAt ?? 0));
    return okAt > this.#clock.now() - CONNECTED_WITHIN_MS && okAt >= failedAt;
  }

  watermark(epoch: Uint8Array): Watermark | undefined {
    return this.#reader.watermark(epoch);
  }

  /** Opening checks four signatures and parses a catalogue: only done when the set has changed. */
  #openTrust(): Trust | undefined {
    const timestamp = this.#reader.trustTimestamp();
    if (this.#trust && timestamp && Buffer.compare(timestamp, this.#trustTimestamp) === 0) return this.#trust;
    this.#trustTimestamp = timestamp ?? NOTHING;
    const files = this.#reader.trustFiles();
    if (!files) return undefined;
    const opened = openTrust(files);
    if (opened.ok) {
      this.#sealer = new PersonalSealer(opened.trust.city.auditKey);
      return opened.trust;
    }
    this.#onFault(`stored trust: ${opened.fault}: ${opened.detail}`);
    return undefined;
  }

  #openLists(): ReadonlyMap<string, HeldList> {
    const issuers = this.#trust?.issuers ?? [];
    const lists = new Map<string, HeldList>();
    for (const { uri, iat } of this.#reader.statusListHeads()) {
      const held = this.#lists.get(uri);
      // the same token under the same trust: no need to check and inflate it again
      if (held && held.iat === iat && held.targets === this.#trust?.versions.targets) {
        lists.set(uri, held);
        continue;
      }
      const token = this.#reader.statusListToken(uri);
      if (!token) continue;
      const opened = openStatusList(token, uri, issuers, this.#verifier);
      if (opened.ok) lists.set(uri, { list: opened.list, iat, targets: this.#trust?.versions.targets });
      else this.#onFault(`stored status list: ${opened.detail}`);
    }
    return lists;
  }
}

const NOTHING = new Uint8Array(0);

interface HeldList {
  readonly list: StatusList;
  readonly iat: number;
  readonly targets: number | undefined;
}
