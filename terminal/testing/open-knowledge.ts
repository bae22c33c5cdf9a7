import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import { CityKnowledge } from '../core/city-knowledge.ts';
import type { Clock } from '../core/clock.ts';
import { TimeKeeper } from '../core/time-keeper.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { DataFolder } from '../store/data-folder.ts';
import { SyncSource } from '../store/sync-source.ts';
import { TrustPin } from '../store/trust-pin.ts';
import { openStore } from './open-store.ts';

/** What a terminal with this data folder knows from its city, read once. */
export function openKnowledge(
  folder: DataFolder,
  clock: Clock,
  wish: { readonly buildMs?: number; readonly onFault?: (fault: string) => void } = {},
): { readonly knowledge: CityKnowledge; readonly store: AuditStore; close(): void } {
  const source = new SyncSource(folder.syncDb);
  const store = openStore(folder);
  const knowledge = new CityKnowledge({
    source,
    pin: new TrustPin(store),
    timeKeeper: new TimeKeeper(clock, wish.buildMs ?? 0, 0),
    verifier: nativeVerifier(),
    clock,
    onFault: wish.onFault ?? unexpected,
  });
  knowledge.refresh();
  const close = () => {
    source.close();
    store.close();
  };
  return { knowledge, store, close };
}

function unexpected(fault: string): never {
  throw new Error(`no fault was expected: ${fault}`);
}
