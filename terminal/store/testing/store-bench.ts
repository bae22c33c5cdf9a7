import { onTestFinished } from 'vitest';
import { chainNext } from '../../../licence/audit/row.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import type { AuditEvent } from '../audit-log.ts';
import { AuditReader } from '../audit-reader.ts';
import { AuditStore } from '../audit-store.ts';
import { type DataFolder, dataFolder } from '../data-folder.ts';
import type { StoreNews } from '../store-news.ts';

export const TERMINAL_ID = new Uint8Array(16).fill(7);
export const EVENT: AuditEvent = { event: 'test', unixMs: 1000, public: new Map([['n', 1]]), sealed: null };

/** A terminal's audit store on real files that can be stopped, damaged and started again. */
export class StoreBench {
  readonly folder: DataFolder;
  readonly news: StoreNews[] = [];
  /** Monotonic ms. */
  nowMs = 0;
  store: AuditStore;
  readonly #limitBytes: number | undefined;

  constructor(wish: { readonly root?: string; readonly limitBytes?: number } = {}) {
    this.folder = dataFolder(wish.root ?? tempFolder());
    this.#limitBytes = wish.limitBytes;
    this.store = this.#start();
    onTestFinished(() => this.store.close());
  }

  append(count: number, event: Partial<AuditEvent> = {}): void {
    for (let i = 0; i < count; i++) this.store.append({ ...EVENT, ...event });
  }

  /** Stops the store, lets something befall its files, starts it and looks once. */
  restart(meanwhile: () => void = () => undefined): void {
    this.store.close();
    meanwhile();
    this.store = this.#start();
    this.store.look();
  }

  /** Looks so often, a second apart. */
  look(times = 1): void {
    for (let i = 0; i < times; i++) {
      this.nowMs += 1000;
      this.store.look();
    }
  }

  /** Names of what was told, in order. */
  told(): string[] {
    return this.news.map((news) => (news.name === 'level' ? news.level : news.name));
  }

  /** The one news of this name. */
  only<N extends StoreNews['name']>(name: N): Extract<StoreNews, { name: N }> {
    const found = this.news.filter((news): news is Extract<StoreNews, { name: N }> => news.name === name);
    const [first] = found;
    if (!first || found.length > 1) throw new Error(`${found.length} × ${name}: ${this.told().join(', ')}`);
    return first;
  }

  /** How many rows each epoch has whose chain holds, read by a connection of its own. */
  rows(): number[] {
    const reader = AuditReader.open(this.folder.auditDb);
    if (!reader) throw new Error(`no audit store at ${this.folder.auditDb}`);
    try {
      return reader.epochs().map(({ epoch }) => {
        const rows = reader.rowsAfter(epoch, 0, 1_000_000);
        let head = reader.headAt(epoch, (rows[0]?.seq ?? 1) - 1) ?? new Uint8Array(32);
        for (const row of rows) {
          head = chainNext(head, row.bytes);
          if (Buffer.compare(head, row.head) !== 0) throw new Error(`the chain breaks at ${row.seq}`);
        }
        return rows.length;
      });
    } finally {
      reader.close();
    }
  }

  /** As the city acknowledges that row of the epoch now written. */
  watermark(seq: number) {
    const reader = AuditReader.open(this.folder.auditDb);
    const head = new Uint8Array(reader?.headAt(this.store.epoch, seq) ?? new Uint8Array(32));
    reader?.close();
    return { epoch: this.store.epoch, seq, head, forked: false };
  }

  #start(): AuditStore {
    return new AuditStore({
      folder: this.folder,
      terminalId: TERMINAL_ID,
      onNews: (news) => this.news.push(news),
      now: () => this.nowMs,
      ...(this.#limitBytes === undefined ? {} : { limitBytes: this.#limitBytes }),
    });
  }
}
