import type { Scanner } from '../../drivers/scanner.ts';
import { VERSION } from '../build-info.ts';
import type { View } from '../contract.ts';
import type { CityKnowledge } from '../core/city-knowledge.ts';
import type { AuditQueue } from './audit-queue.ts';
import type { FolderLook } from './folder-look.ts';
import type { HealthDocument } from './health-document.ts';

/** So many lists, services and tasks at most, and so many bytes of a text: a document has to fit the report to the city. */
export const MAX_LISTS = 32;
const MAX_SERVICES = 64;
const MAX_TASKS = 16;
const MAX_TEXT_BYTES = 160;

/** What a document is made of: everything as it is at this moment. */
export interface HealthFacts {
  readonly terminalId: Uint8Array;
  /** ms since the terminal started. */
  readonly upMs: number;
  /** The system clock, unix ms. */
  readonly systemMs: number;
  readonly view: Pick<View, 'screen' | 'service'>;
  readonly inService: boolean;
  readonly knowledge: Pick<
    CityKnowledge,
    'trust' | 'statusLists' | 'missingLists' | 'signedTime' | 'time' | 'estimatedTime' | 'tasks' | 'watermark'
  >;
  readonly scanners: readonly Scanner[];
  readonly droppedScans: number;
  readonly audit: { readonly epoch: Uint8Array; readonly seq: number };
  /** undefined while the store can't be read. */
  readonly queue: AuditQueue | undefined;
  readonly store: Pick<HealthDocument['store'], 'level' | 'usedPercent'> & {
    readonly failure: string | undefined;
  };
  readonly folder: FolderLook;
  readonly bridge: HealthDocument['bridge'];
  readonly staff: HealthDocument['staff'];
}

/** The document of this moment. */
export function describeHealth(facts: HealthFacts): HealthDocument {
  const { knowledge, view, store, folder } = facts;
  const { trust } = knowledge;
  return {
    version: 1,
    at: Math.round(knowledge.estimatedTime()),
    firmware: VERSION,
    pid: process.pid,
    terminalId: hex(facts.terminalId),
    upSeconds: Math.floor(facts.upMs / 1000),
    memory: { rssBytes: process.memoryUsage.rss() },
    service: view.service.id,
    services: trust?.catalogue.services.slice(0, MAX_SERVICES).map(({ id }) => id) ?? [],
    screen: view.screen.name,
    inService: facts.inService,
    ...(view.screen.name === 'out-of-service' ? { cause: view.screen.cause } : {}),
    clock: clockPart(facts),
    trust: trust ? { versions: { ...trust.versions }, expires: new Date(trust.expires).toISOString() } : null,
    ...listsPart(knowledge),
    scanners: facts.scanners.map(scannerPart),
    droppedScans: facts.droppedScans,
    audit: auditPart(facts),
    store: {
      level: store.level,
      ...(store.failure === undefined ? {} : { failure: short(store.failure) }),
      usedPercent: Math.round(store.usedPercent * 10) / 10,
      setAside: folder.setAside,
    },
    disk: folder.disk,
    exposed: folder.exposed.map(short),
    tasks: knowledge.tasks().slice(0, MAX_TASKS),
    bridge: bridgePart(facts.bridge),
    staff: facts.staff,
  };
}

function clockPart({ knowledge, systemMs }: HealthFacts): HealthDocument['clock'] {
  const signed = knowledge.signedTime;
  return {
    trusted: knowledge.time().trusted,
    systemMs: Math.round(systemMs),
    offsetMs: signed?.offsetMs ?? null,
    signed: signed ? new Date(signed.floorMs).toISOString() : null,
  };
}

function listsPart(
  knowledge: HealthFacts['knowledge'],
): Pick<HealthDocument, 'lists' | 'listsHeld' | 'missingLists'> {
  const held = knowledge.statusLists.toSorted((one, other) => one.exp - other.exp);
  return {
    lists: held.slice(0, MAX_LISTS).map(({ uri, iat, exp }) => ({
      uri: short(uri),
      signed: new Date(iat * 1000).toISOString(),
      expires: new Date(exp * 1000).toISOString(),
    })),
    listsHeld: held.length,
    missingLists: knowledge.missingLists.slice(0, MAX_LISTS).map(short),
  };
}

function auditPart({ audit, queue, knowledge }: HealthFacts): HealthDocument['audit'] {
  return {
    epoch: hex(audit.epoch),
    rows: audit.seq,
    acknowledged: knowledge.watermark(audit.epoch)?.seq ?? 0,
    ...queue,
  };
}

function scannerPart(scanner: Scanner): HealthDocument['scanners'][number] {
  const { id, role, state, capabilities, statistics } = scanner;
  const { lastFault, ...counts } = statistics;
  return {
    id: short(id),
    role: short(role),
    state: state.name,
    ...(state.name === 'ready' ? { device: short(state.device), model: short(state.model) } : {}),
    ...(state.name === 'searching' ? { cure: short(state.cure) } : {}),
    capabilities: Object.keys(capabilities),
    statistics: {
      ...counts,
      ...(lastFault ? { lastFault: { ...lastFault, detail: short(lastFault.detail) } } : {}),
    },
  };
}

function bridgePart({ fault, ...counts }: HealthDocument['bridge']): HealthDocument['bridge'] {
  return { ...counts, ...(fault === undefined ? {} : { fault: short(fault) }) };
}

/** Cut by bytes, since that is what a report has room for; half a character at the cut is dropped. */
function short(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_TEXT_BYTES) return text;
  return `${bytes.toString('utf8', 0, MAX_TEXT_BYTES - 3).replace(/\ufffd+$/, '')}…`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
