import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { issueStatusList } from '../../../licence/issue/issue-status-list.ts';
import { demoStatusList, LIST_INDEX, NOW, STATUS_KEY } from '../../../licence/testing/demo-issuer.ts';
import { openPinnedTrust } from '../../core/pinned-trust.ts';
import { type DataFolder, dataFolder } from '../../store/data-folder.ts';
import { SyncStore } from '../../store/sync-store.ts';
import { TrustPin } from '../../store/trust-pin.ts';
import { DemoCity, phoneCode } from '../../testing/demo-city.ts';
import { openStore } from '../../testing/open-store.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { ran } from '../../testing/verify-testbed.ts';
import { type VerifyWish, verifyCodes } from './verify-codes.ts';

describe('the stores of a terminal', () => {
  it('are judged by while its processes run', async () => {
    const { folder, agent, store } = await enrolled();
    onTestFinished(() => {
      agent.close();
      store.close();
    });
    expect(await judged(folder)).toMatchObject({ exit: 0, complaints: [] });
  });

  it('are judged by while none runs', async () => {
    const { folder } = await stopped();
    const { exit, output } = await judged(folder);
    expect(JSON.parse(output)).toMatchObject({ outcome: 'accepted', fields: expect.any(Array) });
    expect(exit).toBe(0);
  });

  it('are judged by before the terminal has ever run on them', async () => {
    const { folder } = await stopped();
    rmSync(folder.auditDb);
    expect(await judged(folder)).toMatchObject({ exit: 0 });
    expect(readdirSync(folder.root)).not.toContain('audit.db');
  });

  it('stay as they are, byte for byte', async () => {
    const { folder } = await stopped();
    const before = [digest(folder.auditDb), digest(folder.syncDb)];
    await judged(folder);
    expect([digest(folder.auditDb), digest(folder.syncDb)]).toEqual(before);
  });

  it('keep the pin where it is when the agent has stored a later set', async () => {
    const { folder, agent, store, city } = await enrolled();
    onTestFinished(() => {
      agent.close();
      store.close();
    });
    agent.saveTrust(city.trust(2));
    expect(await judged(folder)).toMatchObject({ exit: 0 });
    expect(new TrustPin(store).read()?.versions.targets).toBe(1);
  });

  it('say when their trust has expired: undetermined, not misuse', async () => {
    const { folder } = await stopped();
    const { exit, output } = await judged(folder, { at: NOW + 8 * 86_400 });
    expect(JSON.parse(output)).toMatchObject({ outcome: 'undetermined', reason: 'trust-expired' });
    expect(exit).toBe(1);
  });

  it('lend their trust to the lists of --status-dir, which stand in for their own', async () => {
    const { folder } = await stopped();
    const statusDir = tempFolder();
    writeFileSync(join(statusDir, 'list'), issueStatusList(demoStatusList([LIST_INDEX]), STATUS_KEY));
    const { output } = await judged(folder, { statusDir });
    expect(JSON.parse(output)).toMatchObject({ reason: 'revoked' });
  });
});

describe('what is no trust to judge by is exit code 2 and says why', () => {
  it('no store', async () => {
    const folder = dataFolder(join(tempFolder(), 'terminal'));
    const { exit, complaints } = await judged(folder);
    expect(exit).toBe(2);
    expect(complaints).toEqual([`no terminal is enrolled in ${folder.root} (--data); --issuers needs none`]);
  });

  it('a terminal that is not enrolled', async () => {
    const folder = dataFolder(tempFolder());
    new SyncStore(folder.syncDb).close();
    const { exit, complaints } = await judged(folder);
    expect({ exit, complaints }).toEqual({
      exit: 2,
      complaints: [expect.stringContaining('is not enrolled yet')],
    });
  });

  it('a set that an older one replaced, below what the terminal pinned', async () => {
    const { folder, agent, store, city } = await enrolled(3);
    agent.saveTrust(city.trust(2));
    agent.close();
    store.close();
    const { exit, complaints } = await judged(folder);
    expect({ exit, complaints }).toEqual({ exit: 2, complaints: [expect.stringContaining('rollback')] });
  });

  it('a store of an older release, whose pin can’t be read', async () => {
    const { folder } = await stopped();
    const db = new Database(folder.auditDb);
    db.pragma('user_version = 0');
    db.close();
    const { exit, complaints } = await judged(folder);
    expect({ exit, complaints }).toEqual({ exit: 2, complaints: [expect.stringContaining('older release')] });
  });

  it('a file that is no store', async () => {
    const folder = dataFolder(tempFolder());
    writeFileSync(folder.syncDb, 'not a database, whatever its name says; '.repeat(100));
    const { exit, complaints } = await judged(folder);
    expect({ exit, complaints }).toEqual({
      exit: 2,
      complaints: [expect.stringContaining('cannot be read')],
    });
  });
});

/** A terminal that trusts its city's set of this version, with both stores still open for writing. */
async function enrolled(version = 1) {
  const folder = dataFolder(tempFolder());
  const city = await DemoCity.found();
  const agent = new SyncStore(folder.syncDb);
  city.enrol(agent);
  agent.saveTrust(city.trust(version));
  const store = openStore(folder);
  openPinnedTrust(city.trust(version), new TrustPin(store), () => undefined);
  return { folder, city, agent, store };
}

async function stopped(): Promise<{ readonly folder: DataFolder }> {
  const { folder, agent, store } = await enrolled();
  agent.close();
  store.close();
  return { folder };
}

function judged(folder: DataFolder, wish: Partial<VerifyWish> = {}) {
  return ran((streams) => verifyCodes({ folder, at: NOW, ...wish }, streams), phoneCode());
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
