import type { Scanner, ScannerStatistics } from '../drivers/scanner.ts';
import type { TrustVersions } from '../licence/trust/tuf.ts';
import { VERSION } from './build-info.ts';
import type { OutOfServiceCause, View } from './contract.ts';
import type { CityKnowledge } from './core/city-knowledge.ts';
import type { AuditLog } from './store/audit-log.ts';
import type { TaskState } from './store/sync-store.ts';

/** What `liangzheng status` prints: health, nothing personal. */
export interface TerminalStatus {
  readonly version: string;
  readonly pid: number;
  readonly terminalId: string;
  readonly screen: View['screen']['name'];
  /** Why, where the screen is out-of-service. */
  readonly cause?: OutOfServiceCause;
  readonly service: string;
  /** What the city's catalogue offers. */
  readonly services: readonly string[];
  readonly scanners: readonly ScannerStatus[];
  /** Scans lost because too many came at once. */
  readonly droppedScans: number;
  readonly trust: { readonly versions: TrustVersions; readonly expires: string } | null;
  readonly lists: readonly { readonly uri: string; readonly signed: string }[];
  /** Owned by admitted issuers, not fetched yet. */
  readonly missingLists: readonly string[];
  /** city time − system clock; null before the city signed a time. */
  readonly clockOffsetMs: number | null;
  readonly audit: {
    readonly epoch: string;
    readonly rows: number;
    /** Of this epoch; the city durably has them. */
    readonly acknowledged: number;
  };
  readonly tasks: readonly TaskState[];
}

export interface ScannerStatus {
  readonly id: string;
  readonly role: string;
  readonly state: Scanner['state']['name'];
  /** What it reads from and what that is used as, where it is ready. */
  readonly device?: string;
  readonly model?: string;
  /** What would help, where it is searching. */
  readonly cure?: string;
  /** What its module can be asked to do. */
  readonly capabilities: readonly string[];
  readonly statistics: ScannerStatistics;
}

export function terminalStatus(parts: {
  readonly terminalId: Uint8Array;
  readonly view: View;
  readonly audit: AuditLog;
  readonly knowledge: CityKnowledge;
  readonly scanners: readonly Scanner[];
  readonly droppedScans: number;
}): TerminalStatus {
  const { terminalId, view, audit, knowledge, scanners, droppedScans } = parts;
  const trust = knowledge.trust;
  return {
    version: VERSION,
    pid: process.pid,
    terminalId: Buffer.from(terminalId).toString('hex'),
    screen: view.screen.name,
    ...(view.screen.name === 'out-of-service' ? { cause: view.screen.cause } : {}),
    service: view.service.id,
    services: trust?.catalogue.services.map(({ id }) => id) ?? [],
    scanners: scanners.map(scannerStatus),
    droppedScans,
    trust: trust ? { versions: trust.versions, expires: new Date(trust.expires).toISOString() } : null,
    lists: knowledge.statusLists.map(({ uri, iat }) => ({
      uri,
      signed: new Date(iat * 1000).toISOString(),
    })),
    missingLists: knowledge.missingLists,
    clockOffsetMs: knowledge.signedTime?.offsetMs ?? null,
    audit: {
      epoch: Buffer.from(audit.epoch).toString('hex'),
      rows: audit.seq,
      acknowledged: knowledge.watermark(audit.epoch)?.seq ?? 0,
    },
    tasks: knowledge.tasks(),
  };
}

function scannerStatus({ id, role, state, capabilities, statistics }: Scanner): ScannerStatus {
  return {
    id,
    role,
    state: state.name,
    ...(state.name === 'ready' ? { device: state.device, model: state.model } : {}),
    ...(state.name === 'searching' ? { cure: state.cure } : {}),
    capabilities: Object.keys(capabilities),
    statistics,
  };
}
