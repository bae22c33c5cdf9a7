import type { Scanner } from '../drivers/scanner.ts';
import type { TrustVersions } from '../licence/trust/tuf.ts';
import { VERSION } from './build-info.ts';
import type { View } from './contract.ts';
import type { CityKnowledge } from './core/city-knowledge.ts';
import type { AuditLog } from './store/audit-log.ts';
import type { TaskState } from './store/sync-store.ts';

/** What `liangzheng status` prints: health, nothing personal. */
export interface TerminalStatus {
  readonly version: string;
  readonly pid: number;
  readonly terminalId: string;
  readonly screen: View['screen']['name'];
  readonly service: string;
  readonly scanners: readonly { readonly id: string; readonly state: string; readonly cure?: string }[];
  /** Scans lost because too many came at once. */
  readonly droppedScans: number;
  readonly trust: { readonly versions: TrustVersions; readonly expires: string } | null;
  readonly lists: readonly { readonly uri: string; readonly signed: string }[];
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

export function terminalStatus(parts: {
  readonly terminalId: Uint8Array;
  readonly view: View;
  readonly audit: AuditLog;
  readonly knowledge: CityKnowledge | undefined;
  readonly tasks: readonly TaskState[];
  readonly scanners: readonly Scanner[];
  readonly droppedScans: number;
}): TerminalStatus {
  const { terminalId, view, audit, knowledge, tasks, scanners, droppedScans } = parts;
  const trust = knowledge?.trust;
  return {
    version: VERSION,
    pid: process.pid,
    terminalId: Buffer.from(terminalId).toString('hex'),
    screen: view.screen.name,
    service: view.service.id,
    scanners: scanners.map(({ id, state }) => ({
      id,
      state: state.name,
      ...(state.name === 'searching' ? { cure: state.cure } : {}),
    })),
    droppedScans,
    trust: trust ? { versions: trust.versions, expires: new Date(trust.expires).toISOString() } : null,
    lists: (knowledge?.statusLists ?? []).map(({ uri, iat }) => ({
      uri,
      signed: new Date(iat * 1000).toISOString(),
    })),
    clockOffsetMs: knowledge?.signedTime?.offsetMs ?? null,
    audit: {
      epoch: Buffer.from(audit.epoch).toString('hex'),
      rows: audit.seq,
      acknowledged: knowledge?.watermark(audit.epoch)?.seq ?? 0,
    },
    tasks,
  };
}
