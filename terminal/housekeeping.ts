import type { CityKnowledge } from './core/city-knowledge.ts';
import type { HealthDocument } from './health/health-document.ts';
import type { AuditStore } from './store/audit-store.ts';
import { saveHealth } from './store/health-document.ts';

/** What a store needs done now and then. @throws StoreUnavailable */
export function keepHouse(
  store: AuditStore,
  knowledge: Pick<CityKnowledge, 'signedTime' | 'delivered'>,
  health: HealthDocument,
): void {
  // dated by the system clock, which the agent compares it with
  store.run((db) => saveHealth(db, health.clock.systemMs, JSON.stringify(health)));
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
