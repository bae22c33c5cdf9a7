import type { SignatureVerifier } from '../licence/ed25519/signature-verifier.ts';
import type { SigningKey } from '../licence/issue/signing-key.ts';
import type { DataFolder } from '../terminal/store/data-folder.ts';
import type { SyncStore } from '../terminal/store/sync-store.ts';
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

/** How often the audit store is looked at for new rows. */
export const AUDIT_POLL_MS = 200;
/** How often the city is asked for the time. */
export const TIME_INTERVAL_MS = 60 * 60_000;

/** A system clock that was set by more than this makes the offset wrong: the city is asked at once. */
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
}

/**
 * Keeps this terminal in step with its city until aborted. All state is in the store, each step of it written in one
 * transaction after it was verified, so ending at any instant loses nothing.
 */
export async function runAgent(parts: AgentParts, signal: AbortSignal): Promise<void> {
  const { store, clock, random } = parts;
  const journal = new Journal(store, clock, parts.log);
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

  const client = new CityClient(enrolment.city, parts.network, clock);
  const identity = { terminalId: enrolment.terminalId, key: parts.key };
  const keeper = new TrustKeeper({ store, client, clock });
  const source = new AuditSource(parts.folder.auditDb);
  const reader = () => source.reader();
  const verified = { ...parts, client, identity, reader, trust: () => keeper.current() };
  const lists = new StatusLists(verified);
  let window: PollWindow = FIRST_WINDOW;
  let timeHadAt = Number.NEGATIVE_INFINITY;

  const task = <T>(
    name: TaskName,
    run: (signal: AbortSignal) => Promise<Outcome<T>>,
    then: (value: T) => void = () => undefined,
  ): Task<T> =>
    new Task<T>({
      clock,
      random,
      run,
      succeeded: (value) => {
        journal.succeeded(name);
        then(value);
      },
      failed: (fault) => noteFault(name, fault),
    });
  const tasks = {
    trust: task(
      'trust',
      (stop) => keeper.refresh(stop),
      (result) => {
        if (result === 'changed') wantLists('all');
      },
    ),
    time: task(
      'time',
      (stop) => askTime(verified, stop),
      () => {
        timeHadAt = clock.monotonic();
        // what was refused by a time that may have been wrong
        if (tasks.trust.fault?.name === 'expired') tasks.trust.retryNow();
        if (tasks.lists.fault?.name === 'future') tasks.lists.retryNow();
      },
    ),
    lists: task('lists', (stop) => lists.refresh(stop)),
    audit: task('audit', (stop) => pushAudit(verified, stop)),
    report: task(
      'report',
      (stop) => sendReport(report, stop),
      (named) => {
        window = named;
      },
    ),
  };
  const report = {
    ...verified,
    trust: () => keeper.current()?.versions,
    queue: () => unacknowledged(store, reader()),
  };
  const noteFault = (name: TaskName, fault: Fault): void => {
    journal.failed(name, fault);
    if ('status' in fault && fault.code === 'clock') tasks.time.request();
  };
  const wantLists = (uri: string): void => {
    lists.want(uri);
    tasks.lists.request();
  };
  const heed = (hint: Hint): void => {
    if (hint.kind === 'list') wantLists(hint.uri);
    else tasks[hint.kind].request();
  };
  const catchUp = (): void => {
    tasks.trust.request();
    wantLists('all');
  };
  const poll = async (): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(pollDelayMs(window, random), signal);
      catchUp();
      tasks.audit.request();
      if (clock.monotonic() - timeHadAt >= TIME_INTERVAL_MS) tasks.time.request();
      tasks.report.request();
    }
  };
  const watch = async (): Promise<void> => {
    let lead = clock.now() - clock.monotonic();
    while (!signal.aborted) {
      if (changedRows(source, noteFault)) tasks.audit.request();
      const leadNow = clock.now() - clock.monotonic();
      if (Math.abs(leadNow - lead) > CLOCK_JUMP_MS) tasks.time.retryNow();
      lead = leadNow;
      await clock.sleep(AUDIT_POLL_MS, signal);
    }
  };

  try {
    await begin(tasks, keeper, clock, signal);
    for (const one of [tasks.lists, tasks.audit, tasks.report]) one.request();
    await Promise.all([
      ...Object.values(tasks).map((one) => one.loop(signal)),
      poll(),
      watch(),
      listenForHints(
        {
          ...verified,
          opened: () => {
            journal.succeeded('hints');
            catchUp();
          },
          hint: heed,
          failed: (fault) => noteFault('hints', fault),
        },
        signal,
      ),
    ]);
  } finally {
    source.close();
  }
}

/** Trust comes first, since everything else is checked against it; then the time, by which trust is judged. */
async function begin(
  tasks: Readonly<
    Record<'trust' | 'time', Pick<Task<never>, 'waitMs'> & { attempt(signal: AbortSignal): Promise<unknown> }>
  >,
  keeper: TrustKeeper,
  clock: AgentClock,
  signal: AbortSignal,
): Promise<void> {
  await tasks.trust.attempt(signal);
  while (!keeper.current() && !signal.aborted) {
    await clock.sleep(tasks.trust.waitMs(), signal);
    if (!signal.aborted) await tasks.trust.attempt(signal);
  }
  if (!signal.aborted) await tasks.time.attempt(signal);
}

function changedRows(source: AuditSource, noteFault: (name: TaskName, fault: Fault) => void): boolean {
  try {
    return source.changed();
  } catch (error) {
    noteFault('audit', { name: 'crashed', detail: String(error) });
    return false;
  }
}
