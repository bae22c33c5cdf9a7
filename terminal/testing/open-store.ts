import { TERMINAL_ID_BYTES } from '../../licence/wire/label.ts';
import { AuditStore } from '../store/audit-store.ts';
import type { DataFolder } from '../store/data-folder.ts';

/** The audit store of some terminal; whoever opens it closes it. */
export function openStore(folder: DataFolder): AuditStore {
  return new AuditStore({
    folder,
    terminalId: new Uint8Array(TERMINAL_ID_BYTES),
    onNews: () => undefined,
  });
}
