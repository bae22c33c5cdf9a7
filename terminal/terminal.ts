import { createActor } from 'xstate';
import { PageKeyboardScanner } from '../drivers/fed/page-keyboard-scanner.ts';
import { SimulatedScanner } from '../drivers/fed/simulated-scanner.ts';
import type { Profile } from '../drivers/profiles/profile.ts';
import type { Scanner } from '../drivers/scanner.ts';
import type { ScannerAddress } from '../drivers/scanner-address.ts';
import { ScannerSupervisor } from '../drivers/scanner-supervisor.ts';
import { bothVerifier } from '../licence/ed25519/both-verifier.ts';
import type { SignatureVerifier } from '../licence/ed25519/signature-verifier.ts';
import type { Command, Face, Screen, View } from './contract.ts';
import { CityKnowledge } from './core/city-knowledge.ts';
import { type Clock, systemClock } from './core/clock.ts';
import { Pipeline, type PipelineOutput, type ScanEnd, type ScannedCode } from './core/pipeline.ts';
import { RecurringWork } from './core/recurring-work.ts';
import { noResolver, type Resolver } from './core/resolver.ts';
import { sessionMachine } from './core/session.ts';
import { TimeKeeper } from './core/time-keeper.ts';
import { viewFor } from './core/view.ts';
import { outOfServiceCause, serviceOf } from './out-of-service.ts';
import { scanAnswer } from './scan-answer.ts';
import { type ActionAnswer, actOnScanner, type ScannerAction } from './scanner-actions.ts';
import { AuditLog } from './store/audit-log.ts';
import type { DataFolder } from './store/data-folder.ts';
import { SyncSource } from './store/sync-source.ts';
import { loadOrCreateTerminalKey, terminalIdOf } from './store/terminal-key.ts';
import { TrustPin } from './store/trust-pin.ts';
import { cityView, scannerView } from './surroundings.ts';
import { type TerminalStatus, terminalStatus } from './terminal-status.ts';

/** How often the agent's store is looked at for news. */
export const SYNC_POLL_MS = 200;
/** How often proofs that can't be fresh any more are forgotten and old acknowledged rows pruned. */
export const HOUSEKEEPING_MS = 60_000;

export interface TerminalOptions {
  readonly folder: DataFolder;
  readonly service: string;
  readonly scanners: readonly ScannerAddress[];
  /** Scanner models beside the built-in ones. */
  readonly scannerProfiles?: readonly Profile[];
  readonly buildMs: number;
  /** For operators: faults of stores, scanners and signatures; nothing personal. */
  readonly onFault: (fault: string) => void;
  readonly clock?: Clock;
  readonly verifier?: SignatureVerifier;
  /** Who asks the city about reference codes; without one they stay open. */
  readonly resolver?: Resolver;
}

/**
 * One terminal: owner of the scanners, of the audit log and of the view state. Hosts (web, Electron) and the command
 * line only look at its views and hand it commands.
 */
export class Terminal {
  readonly #options: TerminalOptions;
  readonly #clock: Clock;
  readonly #verifier: SignatureVerifier;
  readonly #terminalId: Uint8Array;
  readonly #audit: AuditLog;
  readonly #session = createActor(sessionMachine);
  readonly #scanners: ScannerSupervisor;
  readonly #listeners = new Set<() => void>();
  readonly #timers: NodeJS.Timeout[];
  readonly #source: SyncSource;
  readonly #pin: TrustPin;
  readonly #knowledge: CityKnowledge;
  readonly #pipeline: Pipeline;
  /** What becomes of each scanner's last scan. */
  readonly #ends = new Map<string, Promise<ScanEnd>>();
  readonly #work: RecurringWork;
  #storeFailed = false;
  #connected = false;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#work = new RecurringWork(options.onFault);
    this.#clock = options.clock ?? systemClock;
    this.#verifier = options.verifier ?? bothVerifier();
    const key = loadOrCreateTerminalKey(options.folder.key);
    this.#terminalId = terminalIdOf(key.publicKey);
    this.#audit = AuditLog.open(options.folder.auditDb, this.#terminalId);
    this.#source = new SyncSource(options.folder.syncDb);
    this.#pin = new TrustPin(options.folder.auditDb);
    this.#knowledge = new CityKnowledge({
      source: this.#source,
      pin: this.#pin,
      timeKeeper: new TimeKeeper(this.#clock, options.buildMs, this.#audit.lastUnixMs()),
      verifier: this.#verifier,
      clock: this.#clock,
      onFault: options.onFault,
    });
    this.#pipeline = new Pipeline({
      knowledge: this.#knowledge,
      verifier: this.#verifier,
      resolver: options.resolver ?? noResolver,
      audit: this.#audit,
      clock: this.#clock,
      serviceId: () => options.service,
      verdictShowing: () => this.#session.getSnapshot().value === 'verdict',
      emit: (output) => this.#onPipeline(output),
      onAlarm: (alarm) => options.onFault(`alarm: ${alarm}`),
    });
    this.#scanners = new ScannerSupervisor(options.scanners, {
      now: () => this.#clock.monotonic(),
      onTrouble: options.onFault,
      ...(options.scannerProfiles ? { profiles: options.scannerProfiles } : {}),
    });
    this.#scanners.subscribe({
      scan: (scan) => this.#take(scan),
      state: () => {
        this.#settle();
        // one of several scanners may have gone or come without the terminal going out of service
        this.#changed();
      },
      fault: ({ name, detail }, device) => {
        options.onFault(`${device} ${name}: ${detail}`);
        if (name === 'too-long')
          this.#take({ bytes: 'too-long', device, receivedAt: this.#clock.monotonic() });
      },
    });
    this.#session.subscribe(() => this.#changed());
    this.#session.start();
    this.#scanners.pause(); // until it is in service
    this.#scanners.claim();
    this.#lookAtSync();
    this.#timers = [
      setInterval(() => this.#lookAtSync(), SYNC_POLL_MS),
      setInterval(() => this.#keepHouse(), HOUSEKEEPING_MS),
    ];
  }

  view(face: Face): View {
    const { trust } = this.#knowledge;
    const service = trust && serviceOf(trust.catalogue, this.#options.service);
    return viewFor(face, this.#session.getSnapshot(), {
      service: { id: this.#options.service, names: service?.names ?? PRODUCT_NAMES },
      scanner: scannerView(this.#scanners.scanners),
      city: cityView(this.#knowledge, this.#connected),
      monotonicMs: this.#clock.monotonic(),
    });
  }

  /** Calls back whenever a view may have changed. @returns how to stop it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  command(command: Command): void {
    switch (command.type) {
      case 'keyboard-scan':
        this.#scannerOf(PageKeyboardScanner)?.typed(command.text);
        return;
      case 'settings':
        this.#session.send({ type: 'SETTINGS', settings: command.settings });
        return;
      case 'dismiss':
        this.#session.send({ type: 'DISMISS' });
        return;
      default:
        command satisfies never;
    }
  }

  /**
   * Presents a code to the simulated scanner and waits for what becomes of it.
   *
   * @returns the counter's screen for its verdict, or a sentence when it got none.
   */
  async show(text: string): Promise<Screen | string> {
    const scanner = this.#scannerOf(SimulatedScanner);
    if (!scanner) return 'this terminal is configured without a simulated scanner';
    if (!this.#inService()) return 'this terminal is out of service: status tells why';
    this.#ends.delete(scanner.id);
    const fed = scanner.present(text);
    const end = await this.#ends.get(scanner.id);
    return end ? scanAnswer(end, this.#clock.monotonic()) : `the scanner made no scan of this: ${fed}`;
  }

  /** For operators: a test beep, one reading, what the module says of itself. */
  actOnScanner(action: ScannerAction): Promise<ActionAnswer> {
    return actOnScanner(this.#scanners.scanners, action);
  }

  status(): TerminalStatus {
    return terminalStatus({
      terminalId: this.#terminalId,
      view: this.view('counter'),
      audit: this.#audit,
      knowledge: this.#knowledge,
      scanners: this.#scanners.scanners,
      droppedScans: this.#pipeline.dropped,
    });
  }

  /** Finishes the scan in hand, then lets go of devices and files. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#scanners.release();
    await this.#pipeline.idle();
    this.#session.stop();
    this.#listeners.clear();
    this.#source.close();
    this.#pin.close();
    this.#audit.close();
  }

  #take(scan: ScannedCode): void {
    if (this.#inService()) this.#ends.set(scan.device, this.#pipeline.receive(scan));
  }

  #inService(): boolean {
    const { value } = this.#session.getSnapshot();
    return value !== 'starting' && value !== 'outOfService';
  }

  #lookAtSync(): void {
    if (this.#storeFailed) {
      this.#work.attempt('audit log', () => {
        this.#audit.probe();
        this.#storeFailed = false;
      });
    }
    this.#work.attempt('sync store', () => {
      const news = this.#knowledge.refresh();
      // noted at every look: a clock put back while nobody scans is noticed too
      this.#knowledge.time();
      // asked at every look, so that a store restored from a backup heeds it before its first row
      if (this.#audit.heed(this.#knowledge.watermark(this.#audit.epoch))) {
        this.#options.onFault('the city holds audit rows this store does not: a new epoch begins');
      }
      const connected = this.#knowledge.connected();
      if (!news && connected === this.#connected) return;
      this.#connected = connected;
      this.#changed();
    });
    this.#settle();
  }

  #onPipeline(output: PipelineOutput): void {
    switch (output.type) {
      case 'scanned':
        this.#session.send({ type: 'SCANNED' });
        return;
      case 'verdict':
        this.#session.send({ type: 'VERDICT', verdict: output.verdict });
        return;
      case 'store-failed':
        this.#options.onFault(`audit log: ${output.error.message}`);
        this.#storeFailed = true;
        this.#settle();
        return;
      default:
        output satisfies never;
    }
  }

  /** In service or out, and why: a function of what is known now. */
  #settle(): void {
    const cause = outOfServiceCause({
      storeFailed: this.#storeFailed,
      catalogue: this.#knowledge.trust?.catalogue,
      service: this.#options.service,
      scanners: this.#scanners.scanners,
    });
    const { value, context } = this.#session.getSnapshot();
    if (cause === undefined) {
      if (value === 'starting' || value === 'outOfService') this.#session.send({ type: 'IN_SERVICE' });
    } else if (value !== 'outOfService' || context.cause !== cause) {
      this.#session.send({ type: 'OUT_OF_SERVICE', cause });
    }
    // out of service nobody would be told the verdict, so nothing is judged and no proof used up
    if (this.#inService()) this.#scanners.resume();
    else this.#scanners.pause();
  }

  #keepHouse(): void {
    this.#work.attempt('housekeeping', () => {
      // what is removed is gone: only a time the city signed may say that it is old enough
      const signed = this.#knowledge.signedTime;
      if (!signed) return;
      this.#audit.forgetProofs(signed.floorMs);
      for (const epoch of this.#audit.epochs()) {
        const delivered = this.#knowledge.delivered(epoch);
        if (delivered) this.#audit.prune(delivered, signed.floorMs);
      }
    });
  }

  #scannerOf<T extends Scanner>(type: new (...args: never[]) => T): T | undefined {
    return this.#scanners.scanners.find((scanner): scanner is T => scanner instanceof type);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

const PRODUCT_NAMES = { zh: '亮证', en: 'Liangzheng' };
