import { expect, onTestFinished, test } from 'vitest';
import { demoRoot } from '../../licence/testing/trust-set.ts';
import { dataFolder } from '../store/data-folder.ts';
import { TrustPin } from '../store/trust-pin.ts';
import { DemoCity } from '../testing/demo-city.ts';
import { openStore } from '../testing/open-store.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { openPinnedTrust } from './pinned-trust.ts';

const ROOT_1 = demoRoot();
const ROOT_2 = demoRoot({ version: 2, keys: ['second'], signers: ['root', 'second'] });
const ROOT_3 = demoRoot({ version: 3, keys: ['third'], signers: ['second', 'third'] });

test('the first set opened is pinned', async () => {
  const { pin, open } = await pinned();
  expect(open(2).ok).toBe(true);
  expect(pin.read()).toEqual({ root: ROOT_1, versions: { root: 1, timestamp: 2, snapshot: 2, targets: 2 } });
});

test('a root two steps on is followed through the one between', async () => {
  const { open } = await pinned();
  open(1);
  expect(open(2, ROOT_3, [ROOT_2, ROOT_3]).ok).toBe(true);
});

test('a root that a step is missing to is not followed', async () => {
  const { pin, open } = await pinned();
  open(1);
  expect(open(2, ROOT_3, [])).toMatchObject({ ok: false, fault: 'not-signed' });
  expect(pin.read()?.root).toEqual(ROOT_1);
});

test('a root that the pinned one did not sign is not followed', async () => {
  const { open } = await pinned();
  open(1);
  const stranger = demoRoot({ version: 2, keys: ['stranger'] });
  expect(open(2, stranger, [stranger])).toMatchObject({ ok: false, fault: 'not-signed' });
});

test('an older set under the same root is a rollback', async () => {
  const { open } = await pinned();
  open(3);
  expect(open(2)).toMatchObject({ ok: false, fault: 'rollback' });
});

test('an older set stays a rollback under a new root that leaves the other roles their keys', async () => {
  const { open } = await pinned();
  open(3);
  const root2 = demoRoot({ version: 2, keys: ['root'] });
  expect(open(2, root2, [root2])).toMatchObject({ ok: false, fault: 'rollback' });
  expect(open(4, root2, [root2]).ok).toBe(true);
});

async function pinned() {
  const store = openStore(dataFolder(tempFolder()));
  onTestFinished(() => store.close());
  const pin = new TrustPin(store);
  const city = await DemoCity.found();
  /** @param later roots 2, 3 … as the agent stored them */
  const open = (version: number, root = ROOT_1, later: readonly Uint8Array[] = []) =>
    openPinnedTrust({ ...city.trust(version), root }, pin, (before) => later[before - 1]);
  return { pin, open };
}
