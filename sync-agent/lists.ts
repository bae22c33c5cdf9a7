import { MAX_FUTURE_IAT_MS } from '../licence/best-time.ts';
import type { SignatureVerifier } from '../licence/ed25519/signature-verifier.ts';
import { type JudgedList, judgeReplacement } from '../licence/status/judge-replacement.ts';
import { MAX_TOKEN_BYTES, openStatusList } from '../licence/status/status-list.ts';
import type { Trust } from '../licence/trust/trust.ts';
import { ROUTE } from '../licence/wire/route.ts';
import type { StoredStatusList, SyncStore } from '../terminal/store/sync-store.ts';
import type { AgentClock } from './agent-clock.ts';
import type { CityClient } from './city-client.ts';
import { type Fault, failed, type Outcome, stopsRun, succeeded } from './fault.ts';
import { bestUnixMs } from './identity.ts';

export const STATUS_LIST_TYPE = 'application/statuslist+cwt';
/** Hints for more lists than this are answered by looking at all of them. */
export const MAX_WANTED = 64;
const MAX_ETAG = 256;
const NOTHING = new Uint8Array(0);

export interface ListParts {
  readonly store: SyncStore;
  readonly client: CityClient;
  readonly clock: AgentClock;
  readonly verifier: SignatureVerifier;
  readonly trust: () => Trust | undefined;
}

/** Keeps the status lists of every admitted issuer. */
export class StatusLists {
  readonly #parts: ListParts;
  #wanted: Set<string> | 'all' = 'all';

  constructor(parts: ListParts) {
    this.#parts = parts;
  }

  /** What the next refresh looks at, besides what was wanted before. */
  want(uri: string | 'all'): void {
    if (this.#wanted === 'all') return;
    if (uri === 'all' || this.#wanted.size >= MAX_WANTED) this.#wanted = 'all';
    else this.#wanted.add(uri);
  }

  /**
   * Fetches what is wanted. A list that is refused stops none of the others; the first fault is the one returned, and
   * then the next refresh looks at all lists again. @returns how many were new.
   */
  async refresh(signal: AbortSignal): Promise<Outcome<number>> {
    const trust = this.#parts.trust();
    if (!trust) return failed('no-trust', 'no issuers whose lists could be fetched');
    const wanted = this.#wanted;
    this.#wanted = new Set();
    const owned = new Set(trust.issuers.flatMap((issuer) => issuer.statusLists.map(({ uri }) => uri)));
    const held = new Map(this.#parts.store.statusLists().map((list) => [list.uri, list]));
    const orphans = [...held.keys()].filter((uri) => !owned.has(uri));
    if (orphans.length > 0) this.#parts.store.dropStatusLists(orphans);

    let changed = 0;
    let fault: Fault | undefined;
    for (const uri of owned) {
      if (wanted !== 'all' && !wanted.has(uri)) continue;
      const outcome = await this.#refreshOne(uri, held.get(uri), trust, signal);
      if (outcome.ok) changed += outcome.value;
      else {
        fault ??= outcome.fault;
        if (stopsRun(outcome.fault)) break;
      }
    }
    if (!fault) return succeeded(changed);
    this.#wanted = 'all';
    return { ok: false, fault };
  }

  async #refreshOne(
    uri: string,
    held: StoredStatusList | undefined,
    trust: Trust,
    signal: AbortSignal,
  ): Promise<Outcome<0 | 1>> {
    const { store, client, clock, verifier } = this.#parts;
    const answer = await client.send(
      {
        method: 'GET',
        path: ROUTE.status + encodeURIComponent(uri),
        accept: [STATUS_LIST_TYPE],
        maxBytes: MAX_TOKEN_BYTES,
        ...(held?.etag ? { headers: { 'if-none-match': held.etag } } : {}),
      },
      signal,
    );
    if (!answer.ok) return answer;
    if (answer.value.status === 304) {
      return held ? succeeded(0) : failed('not-the-city', '304 for a list that was never held');
    }
    const token = answer.value.body;
    const opened = openStatusList(token, uri, trust.issuers, verifier);
    if (!opened.ok) return failed('not-signed', `${uri}: ${opened.detail}`);
    const { iat } = opened.list;
    switch (judgeReplacement(this.#judged(held, trust), opened.list)) {
      case 'newer':
        break;
      case 'same':
        return succeeded(0);
      case 'rollback':
        return failed('rollback', `${uri}: signed at ${iat} after ${held?.iat}`);
      case 'conflict':
        return failed(
          'rollback',
          `${uri}: two lists signed at ${iat}; the first one stays until a later one comes`,
        );
    }
    const signed = store.signedTime();
    if (signed && iat * 1000 > bestUnixMs(clock.now(), signed) + MAX_FUTURE_IAT_MS) {
      return failed('future', `${uri}: signed at ${iat}`);
    }
    const { etag } = answer.value;
    store.saveStatusList({ uri, iat, token, etag: etag && etag.length <= MAX_ETAG ? etag : null });
    return succeeded(1);
  }

  /** The list held, to be judged against: one whose key was withdrawn says nothing any more but how old it is. */
  #judged(held: StoredStatusList | undefined, trust: Trust): JudgedList | undefined {
    if (!held) return undefined;
    const opened = openStatusList(held.token, held.uri, trust.issuers, this.#parts.verifier);
    return opened.ok ? opened.list : { iat: held.iat, bits: 1, bitmap: NOTHING };
  }
}
