import { decodeRow } from '../licence/audit/row.ts';
import type { AuditEventPublic } from './audit-events.ts';
import { newestRow } from './store/audit-log.ts';
import type { AuditStore } from './store/audit-store.ts';

/** How the terminal ended last time, by the last word in its log. @throws StoreUnavailable */
export function lastEnd(store: Pick<AuditStore, 'run'>): AuditEventPublic<'started'>['lastEnd'] {
  const last = store.run(newestRow);
  if (!last) return 'first';
  return decodeRow(last.bytes)?.event === 'stopped' ? 'stopped' : 'unknown';
}
