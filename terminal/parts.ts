import { createActor } from 'xstate';
import type { Profile } from '../drivers/profiles/profile.ts';
import type { ScannerAddress } from '../drivers/scanner-address.ts';
import { ScannerSupervisor } from '../drivers/scanner-supervisor.ts';
import { bothVerifier } from '../licence/ed25519/both-verifier.ts';
import type { SignatureVerifier } from '../licence/ed25519/signature-verifier.ts';
import { Bridge } from './bridge/bridge.ts';
import { BridgeClients } from './bridge/bridge-clients.ts';
import { CityKnowledge } from './core/city-knowledge.ts';
import { CityResolver } from './core/city-resolver.ts';
import { type Clock, systemClock } from './core/clock.ts';
import type { BusinessRequest } from './core/hand-on.ts';
import { Pipeline, type PipelineOutput } from './core/pipeline.ts';
import { Recorder } from './core/recorder.ts';
import type { Resolver } from './core/resolver.ts';
import { type SessionState, sessionMachine, stateOf } from './core/session.ts';
import { TimeKeeper } from './core/time-keeper.ts';
import { checkGrant } from './staff/grant-check.ts';
import { StaffDesk } from './staff/staff-desk.ts';
import { StaffRegister } from './staff/staff-register.ts';
import { AuditStore } from './store/audit-store.ts';
import type { DataFolder } from './store/data-folder.ts';
import type { StoreNews } from './store/store-news.ts';
import { SyncSource } from './store/sync-source.ts';
import { loadOrCreateTerminalKey, terminalIdOf } from './store/terminal-key.ts';
import { TrustPin } from './store/trust-pin.ts';

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
  /** Who asks the city; the city's own route over HTTP unless said otherwise. */
  readonly resolver?: Resolver;
  /** Most bytes the audit store may take. */
  readonly storeLimitBytes?: number;
}

/** What the parts tell the terminal they belong to. */
export interface TerminalEars {
  readonly news: (news: StoreNews) => void;
  readonly pipeline: (output: PipelineOutput) => void;
  readonly request: (request: BusinessRequest | undefined) => void;
  /** Id of the service chosen now. */
  readonly service: () => string;
  readonly inService: () => boolean;
  readonly connected: () => boolean;
}

export type TerminalParts = ReturnType<typeof makeParts>;

/** Makes the parts of a terminal and joins them; nothing runs yet but the session, which waits in `starting`. */
export function makeParts(options: TerminalOptions, ears: TerminalEars) {
  const { folder, onFault } = options;
  const clock = options.clock ?? systemClock;
  const verifier = options.verifier ?? bothVerifier();
  const now = () => clock.monotonic();
  const key = loadOrCreateTerminalKey(folder.key);
  const terminalId = terminalIdOf(key.publicKey);
  const limit = options.storeLimitBytes === undefined ? {} : { limitBytes: options.storeLimitBytes };
  const store = new AuditStore({ folder, terminalId, onNews: ears.news, now, ...limit });
  const source = new SyncSource(folder.syncDb);
  const timeKeeper = new TimeKeeper(clock, options.buildMs, store.lastUnixMs());
  const knowledge = new CityKnowledge({
    source,
    pin: new TrustPin(store),
    timeKeeper,
    verifier,
    clock,
    onFault,
  });
  const unixMs = () => knowledge.estimatedTime();
  const recorder = new Recorder({ store, sealer: () => knowledge.sealer, now: unixMs, onFault });
  const session = createActor(sessionMachine, { input: { monotonic: now } });
  const city = () => source.reader()?.enrolment()?.city;
  const pipeline = new Pipeline({
    knowledge,
    verifier,
    resolver: options.resolver ?? new CityResolver({ city, terminalId, key, now: unixMs }),
    audit: store,
    recorder,
    clock,
    serviceId: ears.service,
    verdictShowing: () => VERDICT_UP.has(stateOf(session.getSnapshot())),
    inService: ears.inService,
    emit: ears.pipeline,
    onAlarm: (alarm) => onFault(`alarm: ${alarm}`),
  });
  const register = new StaffRegister(store);
  const staff = new StaffDesk({
    register,
    clock,
    unixMs,
    record: (name, facts) => recorder.record(name, facts),
    connected: ears.connected,
    checkGrant: (text, staffId) => checkGrant(text, staffId, { knowledge, verifier, terminalId }),
    onFault,
  });
  const clients = new BridgeClients(folder.bridgeClients);
  if (clients.fault !== undefined) onFault(`bridge: ${clients.fault}`);
  const bridge = new Bridge({
    clients,
    key,
    terminalId,
    clock,
    inService: ears.inService,
    service: ears.service,
    onRequest: ears.request,
  });
  const scanners = new ScannerSupervisor(options.scanners, {
    now,
    onTrouble: onFault,
    ...(options.scannerProfiles ? { profiles: options.scannerProfiles } : {}),
  });
  return {
    ...{ folder, clock, timeKeeper, terminalId, store, source, knowledge, recorder, session, pipeline },
    ...{ register, staff },
    ...{ bridge, scanners, onFault },
  };
}

/** Screens of a verdict and what follows from it: the phone it came from may still lie under the scanner. */
const VERDICT_UP: ReadonlySet<SessionState> = new Set(['verdict', 'choosingBusiness', 'handedOn']);
