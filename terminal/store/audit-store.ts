import { existsSync, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { HolderProof } from '../../licence/verdict.ts';
import type { AuditEvent, AuditPosition } from './audit-log.ts';
import { AuditWitness } from './audit-witness.ts';
import { Ballast } from './ballast.ts';
import type { DataFolder } from './data-folder.ts';
import { type Breakage, type OpenAudit, openAudit, replaceBroken } from './open-audit.ts';
import { failureReason, type StoreFailureReason, StoreUnavailable, storeFaultOf } from './store-fault.ts';
import type { StoreLevel, StoreNews } from './store-news.ts';
import { DEFAULT_LIMIT_BYTES, StoreRoom } from './store-room.ts';
import type { Watermark } from './sync-store.ts';

export type { StoreLevel, StoreNews } from './store-news.ts';

/** A store that couldn't be opened is tried again this often: each try may check the whole file. */
export const REOPEN_MS = 5000;
/** News kept for the audit log while it can't be written; what comes after them is told at once, and is in no log. */
export const MAX_HELD_NEWS = 100;

export interface AuditStoreOptions {
  readonly folder: DataFolder;
  readonly terminalId: Uint8Array;
  /** Most bytes audit.db may take. Default DEFAULT_LIMIT_BYTES. */
  readonly limitBytes?: number;
  /** Told by `look` and `close` alone, never while something else is being written. */
  readonly onNews: (news: StoreNews) => void;
  /** Monotonic ms. */
  readonly now?: () => number;
}

/**
 * The owner of `audit.db`: opens and checks it, sets it aside when it is broken, keeps room for it and opens it again when
 * it could not be used. Nothing that befalls the file stops the process: while it can't be used the level is `failed`,
 * and whoever wants to write is told by a StoreUnavailable.
 */
export class AuditStore {
  readonly #options: AuditStoreOptions;
  readonly #now: () => number;
  readonly #witness: AuditWitness;
  readonly #room: StoreRoom;
  #open: OpenAudit | undefined;
  /** Where the log stood when it could last be read. */
  #position: AuditPosition = { epoch: new Uint8Array(0), seq: 0, head: new Uint8Array(0) };
  /** Found in operation, mended at the next look. */
  #broken: Breakage | undefined;
  #failure: { readonly reason: StoreFailureReason; readonly detail: string } | undefined;
  #reopenAt = 0;
  #wasOpen = false;
  #closed = false;
  #lost = 0;
  #lastUnixMs = 0;
  #toldLevel: StoreLevel = 'ok';
  #news: StoreNews[] = [];
  readonly #failedAids = new Set<'witness' | 'ballast'>();

  /** Opens the store, or is `failed`; never throws for what is the matter with it. News of the opening is told by the first look. */
  constructor(options: AuditStoreOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#witness = new AuditWitness(options.folder.witness);
    this.#room = new StoreRoom(
      options.limitBytes ?? DEFAULT_LIMIT_BYTES,
      new Ballast(options.folder.ballast),
    );
    this.#tryOpen();
    this.#keepRoom();
  }

  get level(): StoreLevel {
    if (!this.#open || this.#broken) return 'failed';
    return this.#room.level;
  }

  /** Whether it could ever be opened, so that `lastUnixMs` says something. */
  get opened(): boolean {
    return this.#wasOpen;
  }

  /** Named cause and detail while `failed`. */
  get failure(): string | undefined {
    if (this.#broken && !this.#failure) return `broken: ${this.#broken.detail}`;
    return this.#failure && `${this.#failure.reason}: ${this.#failure.detail}`;
  }

  /** Share of its room that is used, 0 to 100, as of the last look. */
  get usedPercent(): number {
    return this.#room.usedPercent;
  }

  /** Called every second or so: mends and reopens, checks a slice of the chain, measures the room, tells the news. */
  look(): void {
    this.#mend();
    this.#checkFile();
    this.#checkSlice();
    this.#mend();
    this.#keepRoom();
    this.#tell();
  }

  /**
   * Writes the next row and, if given, uses up a holder proof: both or neither, on disk when this returns.
   *
   * @returns where the row stands.
   * @throws StoreUnavailable when it can't be written; RangeError and others for an event no row can hold.
   */
  append(event: AuditEvent, used?: HolderProof): AuditPosition {
    try {
      const position = this.#use(({ log }) => log.append(event, used));
      this.#witnessed(position);
      return position;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#lost += 1;
      throw error;
    }
  }

  /** @throws StoreUnavailable */
  alreadyUsed(proofHash: Uint8Array): boolean {
    return this.#use(({ log }) => log.alreadyUsed(proofHash));
  }

  /** Forgets proofs that can't be fresh any more. @param unixMs a time the city signed. @throws StoreUnavailable */
  forgetProofs(unixMs: number): void {
    this.#use(({ db, log }) => this.#room.makeRoom(db, () => log.forgetProofs(unixMs)));
  }

  /** Notes what the city has, from which its retention time runs. @param signedMs see audit-retention.ts. @throws StoreUnavailable */
  noteAcknowledged(watermark: Watermark, signedMs: number): void {
    this.#use(({ log }) => log.noteAcknowledged(watermark, signedMs));
  }

  /** Removes rows whose retention time is over. @param signedMs a time the city signed. @returns how many went. @throws StoreUnavailable */
  prune(signedMs: number): number {
    return this.#use(({ db, log }) => this.#room.makeRoom(db, () => log.prune(signedMs)));
  }

  /**
   * Begins a new epoch when the city holds rows of this one that this store doesn't. @returns whether it did; false while
   * the store can't be used.
   *
   * @throws StoreUnavailable when the new epoch can't be written.
   */
  heed(watermark: Watermark | undefined): boolean {
    if (!watermark || !this.#open || this.#broken) return false;
    const { epoch, seq } = this.#open.log;
    if (!this.#use(({ log }) => log.heed(watermark))) return false;
    const detail = watermark.forked
      ? `the city has other rows under numbers up to ${watermark.seq}`
      : `the city has rows up to ${watermark.seq}, here are ${seq}`;
    const from = watermark.forked ? Math.min(watermark.seq, seq) : seq + 1;
    this.#news.push({ name: 'rows-missing', by: 'city', epoch, from, to: watermark.seq, detail });
    this.#witnessed(this.#open.log.position);
    return true;
  }

  /** Every epoch of the store, oldest first; none while it can't be used. */
  epochs(): Uint8Array[] {
    return this.#open && !this.#broken ? this.#use(({ log }) => log.epochs()) : [];
  }

  /** Of the rows now written; empty before the store was ever opened. */
  get epoch(): Uint8Array {
    return this.#position.epoch;
  }

  /** seq of the last row; 0 before the first. */
  get seq(): number {
    return this.#position.seq;
  }

  /** The time of the last row ever written, unix ms; 0 before the first. While the store can't be used, as it was opened. */
  lastUnixMs(): number {
    return this.#open && !this.#broken ? this.#use(({ log }) => log.lastUnixMs()) : this.#lastUnixMs;
  }

  /** Finds out by a write that changes nothing whether rows can be written. @throws StoreUnavailable when not. */
  probe(): void {
    this.#mend();
    this.#use(({ log }) => log.probe());
  }

  /** Reads or writes the other tables of `audit.db`. @throws StoreUnavailable, and whatever `work` throws that isn't the store's. */
  run<T>(work: (db: Database.Database) => T): T {
    return this.#use(({ db }) => work(db));
  }

  /** Tells what is still to be told, then lets go of the files. */
  close(): void {
    if (!this.#closed) this.#tell(0);
    this.#closed = true;
    this.#letGo();
  }

  #use<T>(work: (open: OpenAudit) => T): T {
    const open = this.#open;
    if (!open || this.#broken) throw this.#unavailable();
    try {
      return work(open);
    } catch (error) {
      throw this.#judge(error);
    }
  }

  /** What an error says of the store is remembered; one that says nothing is the caller's. */
  #judge(error: unknown): unknown {
    const fault = storeFaultOf(error);
    if (!(error instanceof Error) || fault === undefined) return error;
    const { message } = error;
    switch (fault) {
      case 'full':
        this.#room.noteFull();
        return new StoreUnavailable('no-space', message, error);
      case 'busy':
        return new StoreUnavailable('busy', message, error);
      case 'broken':
        this.#broken = { why: 'corrupt', detail: message };
        return this.#unavailable(error);
      case 'unusable':
        this.#fail(error);
        return this.#unavailable(error);
      default:
        return fault satisfies never;
    }
  }

  #unavailable(cause?: unknown): StoreUnavailable {
    if (this.#broken) return new StoreUnavailable('broken', this.#broken.detail, cause);
    const { reason, detail } = this.#failure ?? { reason: 'gone', detail: 'the store was closed' };
    return new StoreUnavailable(reason, detail, cause);
  }

  #fail(error: Error): void {
    const reason =
      error instanceof StoreUnavailable ? error.reason : failureReason(error, this.#options.folder);
    this.#failure = { reason, detail: error.message };
    this.#reopenAt = this.#now() + REOPEN_MS;
    // the only connection to rows whose file was taken away is kept until they are safe
    if (this.#broken?.live?.open) return;
    if (this.#broken?.live) this.#broken = undefined;
    this.#letGo();
  }

  #letGo(): void {
    this.#open?.db.close();
    this.#open = undefined;
    this.#witness.close();
  }

  /** Sets a broken store aside, or opens one that could not be opened before. */
  #mend(): void {
    if (this.#closed || (this.#open && !this.#broken)) return;
    if (this.#now() >= this.#reopenAt) this.#tryOpen();
  }

  #tryOpen(): void {
    try {
      this.#openNow();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const full = failureReason(error, this.#options.folder) === 'no-space';
      if (full && this.#room.giveForOpening()) this.#tryOpen();
      else this.#fail(error);
    }
  }

  #openNow(): void {
    const { folder, terminalId } = this.#options;
    // a data folder that was there is not made anew: its disk is not mounted
    if (this.#wasOpen && !existsSync(folder.root)) throw new StoreUnavailable('gone', folder.root);
    const news = this.#news;
    if (this.#broken) {
      // a live connection is closed once its rows are safe, any other before the file is looked at again
      if (!this.#broken.live) this.#letGo();
      this.#replace(this.#broken);
    }
    this.#letGo();
    let witnessed: AuditPosition | undefined;
    this.#aid('witness', () => {
      witnessed = this.#witness.read();
    });
    this.#open = openAudit({ folder, terminalId, room: this.#room, witnessed, news });
    this.#lastUnixMs = this.#open.log.lastUnixMs();
    this.#failure = undefined;
    this.#wasOpen = true;
    this.#witnessed(this.#open.log.position);
  }

  #replace(broken: Breakage): void {
    const { folder, terminalId } = this.#options;
    try {
      replaceBroken({ folder, terminalId, news: this.#news }, broken);
    } catch (error) {
      // it is out of the way already: the next opening completes what was begun
      if (!broken.live && !existsSync(folder.auditDb)) this.#broken = undefined;
      throw error;
    }
    this.#broken = undefined;
  }

  /** Rows written to a file that no longer lies under its name would be lost with this process. */
  #checkFile(): void {
    const open = this.#open;
    if (!open || this.#broken) return;
    this.#attempt(() => {
      const inode = statSync(this.#options.folder.auditDb, { throwIfNoEntry: false })?.ino;
      if (inode === open.inode) return;
      const detail = inode === undefined ? 'the file was removed' : 'another file was put in its place';
      if (existsSync(this.#options.folder.root)) this.#broken = { why: 'replaced', detail, live: open.db };
      else this.#fail(new StoreUnavailable('gone', this.#options.folder.root));
    });
  }

  #checkSlice(): void {
    this.#attempt(() => {
      const found = this.#use(({ check }) => check.slice());
      if (found !== undefined) this.#broken = { why: 'chain-broken', detail: found };
    });
  }

  #keepRoom(): void {
    this.#attempt(() => {
      this.#use(({ db }) => this.#room.measure(db));
      this.#aid('ballast', () => this.#room.holdBallast());
      this.#use(({ db, log }) => this.#room.tryAgain(db, () => log.probe()));
    });
  }

  #witnessed(position: AuditPosition): void {
    this.#position = position;
    this.#aid('witness', () => this.#witness.note(position));
  }

  /** What only helps the store must not stop it: told once, until it works again. */
  #aid(aid: 'witness' | 'ballast', work: () => void): void {
    try {
      work();
      this.#failedAids.delete(aid);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!this.#failedAids.has(aid)) this.#news.push({ name: 'aid-failed', aid, detail: error.message });
      this.#failedAids.add(aid);
    }
  }

  /** For what is tried again at the next look; what it finds out is in the level and in the news. */
  #attempt(work: () => void): void {
    if (!this.#open || this.#broken) return;
    try {
      work();
    } catch (error) {
      const judged = this.#judge(error);
      if (!(judged instanceof StoreUnavailable)) throw judged;
    }
  }

  /** What is for the audit log waits for a store that can take it. @param hold so many at most. */
  #tell(hold = MAX_HELD_NEWS): void {
    const { level } = this;
    if (level !== this.#toldLevel) {
      this.#news.push({
        name: 'level',
        level,
        usedPercent: this.usedPercent,
        ...(this.failure === undefined ? {} : { failure: this.failure }),
        ...(this.#lost > 0 ? { lost: this.#lost } : {}),
      });
      this.#toldLevel = level;
      this.#lost = 0;
    }
    const news = this.#news;
    this.#news = [];
    for (const one of news) {
      const waits = one.name !== 'level' && this.level === 'failed' && this.#news.length < hold;
      if (waits) this.#news.push(one);
      else this.#options.onNews(one);
    }
  }
}
