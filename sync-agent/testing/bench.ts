import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import { type DataFolder, dataFolder } from '../../terminal/store/data-folder.ts';
import { SyncStore } from '../../terminal/store/sync-store.ts';
import { loadOrCreateTerminalKey, terminalIdOf } from '../../terminal/store/terminal-key.ts';
import { CityClient } from '../city-client.ts';
import { nodeNetwork } from '../node-network.ts';
import { TrustKeeper } from '../trust.ts';
import { FakeCity } from './fake-city.ts';
import { TestClock } from './test-clock.ts';

/** One terminal's store and one city, wired up as the agent wires them, with everything in reach of a test. */
export async function openBench() {
  const folder: DataFolder = dataFolder(mkdtempSync(join(tmpdir(), 'sync-agent-')));
  const verifier = nativeVerifier();
  const clock = new TestClock();
  const network = nodeNetwork(clock);
  const city = await FakeCity.open(verifier, () => clock.wall);
  const store = new SyncStore(folder.syncDb);
  const key = loadOrCreateTerminalKey(folder.key);
  const client = new CityClient(city.url, network, clock);
  const keeper = new TrustKeeper({ store, client, clock });
  const stop = new AbortController();
  const terminalId = terminalIdOf(key.publicKey);
  return {
    folder,
    verifier,
    clock,
    network,
    city,
    store,
    key,
    client,
    keeper,
    identity: { terminalId, key },
    trust: () => keeper.current(),
    stop,
    signal: stop.signal,
    /** As after an enrolment. */
    enrolled(): void {
      city.know(key.publicKey);
      store.saveEnrolment({ terminalId, city: city.url }, city.firstRoot);
    },
    /** As after a first refresh. */
    async trusting(): Promise<void> {
      this.enrolled();
      const outcome = await keeper.refresh(stop.signal);
      if (!outcome.ok) throw new Error(`${outcome.fault.name}: ${outcome.fault.detail}`);
    },
    async close(): Promise<void> {
      stop.abort();
      network.close();
      store.close();
      await city.close();
      rmSync(folder.root, { recursive: true });
    },
  };
}

export type Bench = Awaited<ReturnType<typeof openBench>>;
