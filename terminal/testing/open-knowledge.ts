import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import { CityKnowledge } from '../core/city-knowledge.ts';
import type { Clock } from '../core/clock.ts';
import { TimeKeeper } from '../core/time-keeper.ts';
import type { DataFolder } from '../store/data-folder.ts';
import { SyncSource } from '../store/sync-source.ts';
import { TrustPin } from '../store/trust-pin.ts';

/** What a terminal with this data folder knows from its city, read once. */
export function openKnowledge(
  folder: DataFolder,
  clock: Clock,
  wish: { readonly buildMs?: number; readonly onFault?: (fault: string) => void } = {},
): { readonly knowledge: CityKnowledge; close(): void } {
  const source = new SyncSource(folder.syncDb);
  const pin = new TrustPin(folder.auditDb);
  const knowledge = new CityKnowledge({
    source,
    pin,
    timeKeeper: new TimeKeeper(clock, wish.buildMs ?? 0, 0),
    verifier: nativeVerifier(),
    clock,
    onFault: wish.onFault ?? unexpected,
  });
  knowledge.refresh();
  const close = () => {
    source.close();
    pin.close();
  };
  return { knowledge, close };
}

function unexpected(fault: string): never {
  throw new Error(`no fault was expected: ${fault}`);
}
