import type { SignatureVerifier } from '../licence/ed25519/signature-verifier.ts';
import type { SigningKey } from '../licence/issue/signing-key.ts';
import type { AuditReader } from '../terminal/store/audit-reader.ts';
import type { DataFolder } from '../terminal/store/data-folder.ts';
import type { Enrolment, SyncStore } from '../terminal/store/sync-store.ts';
import type { AgentClock } from './agent-clock.ts';
import { pushAudit, unacknowledged } from './audit-push.ts';
import { AuditSource } from './audit-source.ts';
import type { Random } from './backoff.ts';
import { CityClient } from './city-client.ts';
import { untilEnrolled } from './enrolment.ts';
import type { Fault, Outcome } from './fault.ts';
import { type Hint, listenForHints } from './hints.ts';
import { type AgentLog, Journal, type TaskName } from './journal.ts';
import { StatusLists } from './lists.ts';
import type { Network } from './network.ts';
import { FIRST_WINDOW, type PollWindow, pollDelayMs, sendReport } from './report.ts';
import { Task } from './task.ts';
import { askTime } from './time.ts';
import { TrustKeeper } from './trust.ts';

/** How often the audit store is looked at for new rows, and the clock for what is due. */
export const AUDIT_POLL_MS = 200;
/** How often the city is asked for the time. */
export const TIME_INTERVAL_MS = 60 * 60_000;
/** A system clock that was set by more than this, in however many steps, makes the offset wrong: the city is asked at once. */
export const CLOCK_JUMP_MS = 2000;

/** Everything the agent stands on; a simulation brings its own. */
export interface AgentParts {
  readonly folder: DataFolder;
  readonly store: SyncStore;
  readonly key: SigningKey;
  readonly network: Network;
  readonly clock: AgentClock;
  readonly random: Random;
  readonly verifier: SignatureVerifier;
  readonly log: AgentLog;
  readonly version: string;
  /** Base URL of a city that has moved since the enrolment. */
  readonly city?: string;
}

/**
 * Keeps this terminal in step with its city until aborted. All state is in the store, each step of it written in one
 * transaction after it was verified, so ending at any instant loses nothing.
 */
export async function runAgent(parts: AgentParts, signal: AbortSignal): Promise<void> {
  const journal = new Journal(parts.store, parts.clock, parts.log);
  const enrolment = await untilEnrolled(
    {
      ...parts,
      path: parts.folder.enrolment,
      succeeded: () => journal.succeeded('enrolment'),
      failed: (fault) => journal.failed('enrolment', fault),
    },
    signal,
  );
  if (!enrolment) return;
  const { terminalId, city } = enrolment;
  if (parts.city !== undefined) parts.store.moveCity(parts.city);
  await new EnrolledAgent(parts, { terminalId, city: parts.city ?? city }, journal).run(signal);
}

/** The tasks of an enrolled terminal, and what makes each of them due. */
class EnrolledAgent {
  readonly #parts: AgentParts;
  readonly #journal: Journal;
  readonly #source: AuditSource;
  readonly #keeper: TrustKeeper;
  readonly #lists: StatusLists;
  readonly #city;
  readonly #tasks;
  #window: PollWindow = FIRST_WINDOW;
  #nextPollAt: number;
  #timeHadAt = Number.NEGATIVE_INFINITY;
  /** System clock − monotonic clock at the last time answer: what its offset is true for. */
  #lead: number;

  constructor(parts: AgentParts, enrolment: Enrolment, journal: Journal) {
    const { store, network, clock } = parts;
    const client = new CityClient(enrolment.city, network, clock);
    this.#parts = parts;
    this.#journal = journal;
    this.#source = new AuditSource(parts.folder.auditDb);
    this.#keeper = new TrustKeeper({ store, client, clock });
    this.#city = {
      ...parts,
      client,
      identity: { terminalId: enrolment.terminalId, key: parts.key },
      reader: () => this.#source.reader(),
      trust: () => this.#keeper.current(),
    };
    this.#lists = new StatusLists(this.#city);
    this.#tasks = this.#makeTasks();
    this.#nextPollAt = this.#pollAfterNow();
    this.#lead = this.#leadNow();
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.#begin(signal);
      await Promise.all([
        ...Object.values(this.#tasks).map((task) => task.loop(signal)),
        this.#watch(signal),
        this.#listen(signal),
      ]);
    } finally {
      this.#source.close();
    }
  }

  /** Trust comes first, since everything else is checked against it; then the time, by which trust is judged. */
  async #begin(signal: AbortSignal): Promise<void> {
    const { trust, time, lists, audit, report } = this.#tasks;
    await trust.attempt(signal);
    while (!this.#keeper.current() && !signal.aborted) {
      await this.#parts.clock.sleep(trust.waitMs(), signal);
      if (!signal.aborted) await trust.attempt(signal);
    }
    if (!signal.aborted) await time.attempt(signal);
    for (const task of [lists, audit, report]) task.request();
  }

  #makeTasks() {
    const { store } = this.#parts;
    return {
      trust: this.#task(
        'trust',
        (signal) => this.#keeper.refresh(signal),
        (result) => {
          if (result === 'changed') this.#wantList('all');
        },
      ),
      time: this.#task(
        'time',
        (signal) => askTime(this.#city, signal),
        () => this.#hadTime(),
      ),
      lists: this.#task('lists', (signal) => this.#lists.refresh(signal)),
      audit: this.#task('audit', (signal) => pushAudit(this.#city, signal)),
      report: this.#task(
        'report',
        (signal) =>
          sendReport(
            {
              ...this.#city,
              trust: () => this.#keeper.current()?.versions,
              queue: () => this.#ofAudit((reader) => unacknowledged(store, reader)) ?? 0,
              health: () => this.#ofAudit((reader) => reader?.health()),
            },
            signal,
          ),
        (window) => {
          this.#window = window;
          this.#nextPollAt = this.#pollAfterNow();
        },
      ),
    };
  }

  #task<T>(
    name: TaskName,
    run: (signal: AbortSignal) => Promise<Outcome<T>>,
    then: (value: T) => void = () => undefined,
  ): Task<T> {
    const { clock, random } = this.#parts;
    return new Task<T>({
      clock,
      random,
      run,
      succeeded: (value) => {
        this.#journal.succeeded(name);
        then(value);
      },
      failed: (fault) => this.#noteFault(name, fault),
    });
  }

  /** Everything that becomes due by itself: new rows, the next poll, a clock that was set. */
  async #watch(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    while (!signal.aborted) {
      if (this.#hasNewRows()) this.#tasks.audit.request();
      if (clock.monotonic() >= this.#nextPollAt) this.#poll();
      if (Math.abs(this.#leadNow() - this.#lead) > CLOCK_JUMP_MS) this.#tasks.time.request();
      await clock.sleep(AUDIT_POLL_MS, signal);
    }
  }

  /** Only changes when somebody sets the system clock. */
  #leadNow(): number {
    return this.#parts.clock.now() - this.#parts.clock.monotonic();
  }

  #poll(): void {
    this.#nextPollAt = this.#pollAfterNow();
    this.#catchUp();
    if (this.#parts.clock.monotonic() - this.#timeHadAt >= TIME_INTERVAL_MS) this.#tasks.time.request();
    this.#tasks.audit.request();
    this.#tasks.report.request();
  }

  #pollAfterNow(): number {
    return this.#parts.clock.monotonic() + pollDelayMs(this.#window, this.#parts.random);
  }

  #listen(signal: AbortSignal): Promise<void> {
    return listenForHints(
      {
        ...this.#city,
        opened: () => {
          this.#journal.succeeded('hints');
          this.#catchUp();
        },
        hint: (hint) => this.#heed(hint),
        failed: (fault) => this.#noteFault('hints', fault),
      },
      signal,
    );
  }

  #heed(hint: Hint): void {
    if (hint.kind === 'list') this.#wantList(hint.uri);
    else this.#tasks[hint.kind].request();
  }

  #catchUp(): void {
    this.#tasks.trust.request();
    this.#wantList('all');
  }

  #wantList(uri: string): void {
    this.#lists.want(uri);
    this.#tasks.lists.request();
  }

  /** What was refused by a time that may have been wrong is judged again. */
  #hadTime(): void {
    const { trust, lists } = this.#tasks;
    this.#timeHadAt = this.#parts.clock.monotonic();
    this.#lead = this.#leadNow();
    if (trust.fault?.name === 'expired') trust.retryNow();
    if (lists.fault?.name === 'future') lists.retryNow();
  }

  #noteFault(name: TaskName, fault: Fault): void {
    this.#journal.failed(name, fault);
    if ('status' in fault && fault.code === 'clock') this.#tasks.time.request();
  }

  #hasNewRows(): boolean {
    return this.#ofAudit(() => this.#source.changed()) ?? false;
  }

  /** A broken audit store, which the terminal is about to set aside, must not keep a report from going out. */
  #ofAudit<T>(read: (reader: AuditReader | undefined) => T): T | undefined {
    try {
      return read(this.#source.reader());
    } catch (error) {
      this.#noteFault('audit', { name: 'crashed', detail: String(error) });
      return undefined;
    }
  }
}
