import { decodeRow } from '../licence/audit/row.ts';
import type { AuditEventPublic } from './audit-events.ts';
import type { AuditStore } from './store/audit-store.ts';

/** How the terminal ended last time, by the last word in its log. @throws StoreUnavailable */
export function lastEnd(store: Pick<AuditStore, 'run'>): AuditEventPublic<'started'>['lastEnd'] {
  const last = store.run((db) =>
    db
      .prepare<[], { bytes: Uint8Array }>('SELECT bytes FROM row ORDER BY epoch_n DESC, seq DESC LIMIT 1')
      .get(),
  );
  if (!last) return 'first';
  return decodeRow(last.bytes)?.event === 'stopped' ? 'stopped' : 'unknown';
}
