import type { CityKnowledge } from './core/city-knowledge.ts';
import type { HealthDocument } from './health/health-document.ts';
import type { AuditStore } from './store/audit-store.ts';
import { saveHealth } from './store/health-document.ts';

/** Forgets and removes what is old enough. @throws StoreUnavailable */
export function keepHouse(
  store: AuditStore,
  knowledge: Pick<CityKnowledge, 'signedTime' | 'delivered'>,
): void {
  // what is removed is gone: only a time the city signed may say that it is old enough
  const signedMs = knowledge.signedTime?.floorMs;
  if (signedMs === undefined) return;
  store.forgetProofs(signedMs);
  for (const epoch of store.epochs()) {
    const delivered = knowledge.delivered(epoch);
    if (delivered) store.noteAcknowledged(delivered, signedMs);
  }
  store.prune(signedMs);
}

/** Leaves the document for the agent, dated by the system clock, which it compares it with. @throws StoreUnavailable */
export function leaveHealth(store: Pick<AuditStore, 'run'>, health: HealthDocument): void {
  store.run((db) => saveHealth(db, health.clock.systemMs, JSON.stringify(health)));
}
