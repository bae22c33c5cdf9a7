import type { Service } from '../licence/trust/catalogue.ts';
import type { Bridge } from './bridge/bridge.ts';
import { type BridgeClientAnswer, type BridgeClientRequest, manageClients } from './bridge/client-request.ts';
import { CommandDesk } from './command-desk.ts';
import type { Command, CommandAnswer, Face, Login, Screen, View } from './contract.ts';
import type { PipelineOutput } from './core/pipeline.ts';
import { serviceOf } from './core/service-of.ts';
import { stateOf } from './core/session.ts';
import { viewFor } from './core/view.ts';
import { EventWatch } from './event-watch.ts';
import { HandOnDesk } from './hand-on-desk.ts';
import type { HealthDocument } from './health/health-document.ts';
import { Metrics } from './health/metrics.ts';
import { terminalHealth } from './health/terminal-health.ts';
import { outOfServiceCause } from './out-of-service.ts';
import { makeParts, type TerminalOptions, type TerminalParts } from './parts.ts';
import { scanAnswer } from './scan-answer.ts';
import { ScanIntake } from './scan-intake.ts';
import { type ActionAnswer, actOnScanner, type ScannerAction } from './scanner-actions.ts';
import { manageStaff, type StaffAnswer, type StaffRequest } from './staff/staff-request.ts';
import type { StoreNews } from './store/store-news.ts';
import { storeNewsEvent } from './store-news-event.ts';
import { surroundingsOf } from './surroundings.ts';
import { Upkeep } from './upkeep.ts';

export type { TerminalOptions } from './parts.ts';

/**
 * One terminal: owner of the scanners, of the audit log and of the view state. Hosts (web, Electron) and the command
 * line only look at its views and hand it commands.
 */
export class Terminal {
  readonly metrics: Metrics;
  readonly #parts: TerminalParts;
  readonly #commands: CommandDesk;
  readonly #handOnDesk: HandOnDesk;
  readonly #intake: ScanIntake;
  readonly #upkeep: Upkeep;
  readonly #listeners = new Set<() => void>();
  readonly #startedAt: number;
  /** What it is for while no clerk has chosen otherwise. */
  readonly #configured: string;
  #service: string;
  #stopping = false;

  constructor(options: TerminalOptions) {
    this.#configured = options.service;
    this.#service = options.service;
    this.#parts = makeParts(options, {
      news: (news) => this.#onNews(news),
      pipeline: (output) => this.#onPipeline(output),
      request: (request) =>
        this.#parts.session.send(request ? { type: 'REQUESTED', request } : { type: 'REQUEST_ENDED' }),
      service: () => this.#service,
      inService: () => this.#inService(),
      connected: () => this.#upkeep.connected,
    });
    const { clock, knowledge, session, scanners, staff } = this.#parts;
    this.#startedAt = clock.monotonic();
    this.metrics = new Metrics(() => this.status());
    const watch = new EventWatch(this.#parts);
    this.#upkeep = new Upkeep(this.#parts, watch, {
      service: options.service,
      health: () => this.status(),
      looked: (news) => {
        if (news) this.#changed();
        this.#settle();
      },
    });
    this.#intake = new ScanIntake(this.#parts, watch, {
      inService: () => this.#inService(),
      onState: () => {
        this.#settle();
        // one of several scanners may have gone or come without the terminal going out of service
        this.#changed();
      },
    });
    this.#handOnDesk = new HandOnDesk({ ...this.#parts, handedOn: () => this.metrics.handOn() });
    this.#commands = new CommandDesk({
      ...this.#parts,
      handOnDesk: this.#handOnDesk,
      catalogue: () => knowledge.trust?.catalogue,
      service: () => this.#serviceNow(),
      switchTo: (service) => this.#switchTo(service),
      typed: (text) => this.#intake.typed(text),
    });
    session.subscribe((snapshot) => {
      // maintenance that nobody ended
      if (staff.current?.role === 'maintenance' && stateOf(snapshot) !== 'maintenance') void staff.logout();
      this.#changed();
    });
    session.start();
    staff.onChange(() => this.#onStaff());
    scanners.pause(); // until it is in service
    scanners.claim();
    this.#upkeep.begin();
  }

  get bridge(): Bridge {
    return this.#parts.bridge;
  }

  view(face: Face): View {
    const surroundings = surroundingsOf(this.#parts, this.#service, this.#upkeep.connected);
    return viewFor(face, this.#parts.session.getSnapshot(), surroundings);
  }

  /** Calls back whenever a view may have changed. @returns how to stop it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Does what a screen asks for, as far as it is offered on that face just now. */
  command(command: Command, face: Face = 'counter'): Promise<CommandAnswer> {
    return this.#commands.run(command, face);
  }

  login(login: Login): Promise<CommandAnswer> {
    return this.#parts.staff.login(login);
  }

  logout(): Promise<CommandAnswer> {
    return this.#parts.staff.logout();
  }

  /**
   * Presents a code to the simulated scanner and waits for what becomes of it.
   *
   * @returns the counter's screen for its verdict, or a sentence when it got none.
   */
  async show(text: string): Promise<Screen | string> {
    const end = await this.#intake.present(text);
    return typeof end === 'string' ? end : scanAnswer(end);
  }

  /** For operators: a test beep, one reading, what the module says of itself. */
  actOnScanner(action: ScannerAction): Promise<ActionAnswer> {
    return actOnScanner(this.#parts.scanners.scanners, action);
  }

  /** Who works here. Rejects where it can't be recorded. */
  manageStaff(request: StaffRequest): Promise<StaffAnswer> {
    const { register, recorder, staff, knowledge } = this.#parts;
    return manageStaff(request, {
      register,
      desk: staff,
      record: (name, facts) => recorder.record(name, facts),
      unixMs: () => knowledge.estimatedTime(),
    });
  }

  /** Which business systems may use the bridge. Rejects where it can't be recorded. */
  manageClients(request: BridgeClientRequest): Promise<BridgeClientAnswer> {
    const { recorder, bridge } = this.#parts;
    return manageClients(request, {
      clients: bridge.clients,
      record: (name, facts) => recorder.record(name, facts),
    });
  }

  /** How it is: nothing personal. */
  status(): HealthDocument {
    return terminalHealth(this.#parts, this.view('counter'), this.#startedAt, this.#inService());
  }

  /** Finishes the scan in hand, says that it ended in order, then lets go of devices and files. */
  async stop(): Promise<void> {
    const { scanners, pipeline, recorder, session, staff, bridge, source, store, clock } = this.#parts;
    this.#upkeep.stop();
    // letting go of the scanners is no fault: the scan in hand is still judged
    this.#stopping = true;
    await scanners.release();
    await pipeline.idle();
    await staff.logout();
    recorder.note('stopped', { upSeconds: Math.floor((clock.monotonic() - this.#startedAt) / 1000) });
    session.stop();
    bridge.close();
    this.#listeners.clear();
    source.close();
    store.close();
  }

  #inService(): boolean {
    return !NOBODY_SERVED.has(stateOf(this.#parts.session.getSnapshot()));
  }

  #serviceNow(): Service | undefined {
    return serviceOf(this.#parts.knowledge.trust?.catalogue, this.#service);
  }

  #switchTo(service: string): void {
    const { recorder, session, bridge, staff } = this.#parts;
    this.#service = service;
    const change = `${service}, by ${staff.current?.id ?? 'nobody'}`;
    recorder.note('config-change', { what: 'service', change });
    session.send({ type: 'SERVICE_SWITCHED' });
    bridge.stateChanged();
    this.#changed();
  }

  #onNews(news: StoreNews): void {
    const { store, recorder, onFault } = this.#parts;
    const event = storeNewsEvent(news);
    onFault(`audit store: ${event.event}: ${event.detail}`);
    if (store.level !== 'failed') recorder.note('store', event);
  }

  #onPipeline(output: PipelineOutput): void {
    const { session, onFault } = this.#parts;
    switch (output.type) {
      case 'scanned':
        session.send({ type: 'SCANNED' });
        return;
      case 'verdict':
        session.send({ type: 'VERDICT', verdict: output.verdict, service: output.service });
        this.#tellOfVerdict(output);
        return;
      case 'choices':
        session.send({ type: 'CHOICES', verdicts: output.verdicts, service: output.service });
        return;
      case 'store-failed':
        onFault(`audit log: ${output.error.message}`);
        this.#upkeep.noteStoreFailed();
        this.#settle();
        return;
      default:
        output satisfies never;
    }
  }

  #tellOfVerdict({ verdict, service, tookMs }: Extract<PipelineOutput, { type: 'verdict' }>): void {
    const { bridge, session } = this.#parts;
    const { outcome, reason } = verdict;
    // the terminal may be for another service by now
    this.metrics.verdict({ outcome, reason, service: service?.id ?? this.#service, tookMs });
    const { context } = session.getSnapshot();
    // of what no screen tells no system is told either
    if (!service || context.verdict !== verdict) return;
    bridge.verdict(verdict, service.id);
    // a business system waits for exactly this licence: nobody has to choose anything
    if (context.request && outcome === 'accepted' && service.collects !== 'case') {
      void this.#handOnAsked(context.turn);
    }
  }

  async #handOnAsked(turn: number): Promise<void> {
    const answer = await this.#handOnDesk.run({});
    if (answer.ok) return;
    this.#parts.onFault(`what a business system asked for was not handed on: ${answer.reason}`);
    if (answer.reason === 'no-receiver') this.#parts.session.send({ type: 'NO_RECEIVER', turn });
  }

  #onStaff(): void {
    const { staff, session } = this.#parts;
    const { current } = staff;
    session.send(
      current?.role === 'maintenance'
        ? { type: 'MAINTENANCE', staff: current.id }
        : { type: 'LEAVE_MAINTENANCE' },
    );
    session.send({ type: 'STAFF', present: current?.role === 'staff' });
    // a clerk's choice of service is the clerk's
    if (!current && this.#service !== this.#configured) this.#switchTo(this.#configured);
    this.#settle();
    this.#changed();
  }

  /** In service or out, and why: a function of what is known now. */
  #settle(): void {
    if (this.#stopping) return;
    const { store, knowledge, session, scanners, bridge } = this.#parts;
    const before = this.#inService();
    const cause = outOfServiceCause({
      store: this.#upkeep.storeFailed ? 'failed' : store.level,
      catalogue: knowledge.trust?.catalogue,
      service: this.#service,
      scanners: scanners.scanners,
    });
    const snapshot = session.getSnapshot();
    const state = stateOf(snapshot);
    if (cause === undefined) {
      if (state === 'starting' || state === 'outOfService') session.send({ type: 'IN_SERVICE' });
    } else if (state !== 'maintenance' && (state !== 'outOfService' || snapshot.context.cause !== cause)) {
      session.send({ type: 'OUT_OF_SERVICE', cause });
    }
    // out of service nobody would be told the verdict, so nothing is judged and no proof used up
    const inService = this.#inService();
    if (inService) scanners.resume();
    else scanners.pause();
    if (inService !== before) bridge.stateChanged();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

const NOBODY_SERVED: ReadonlySet<string> = new Set(['starting', 'outOfService', 'maintenance']);
