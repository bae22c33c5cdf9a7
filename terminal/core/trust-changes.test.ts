import { expect, test, vi } from 'vitest';
import { admittedKey, DAY, demoKey, ISSUER_KEY, NOW, STATUS_KEY } from '../../licence/testing/demo-issuer.ts';
import { demoTrustSet } from '../../licence/testing/trust-set.ts';
import type { Issuer, IssuerKey } from '../../licence/trust/issuers.ts';
import { phoneCode } from '../testing/demo-city.ts';
import { type DemoTerminal, reasonOf, standStill, startDemoTerminal } from '../testing/demo-terminal.ts';
import { SYNC_POLL_MS } from '../upkeep.ts';
import { wording } from '../words/wording.ts';

/*
 * A terminal that runs, and trust metadata that changes under it. What the city withdraws is withdrawn at the next
 * scan after the agent has it; what ran out is judged by the terminal itself, agent or no agent.
 */
const STATUS = admittedKey(STATUS_KEY, { uses: ['status'], kinds: [] });

test('an issuer withdrawn while the terminal runs: what was accepted is refused at the next scan', async () => {
  const demo = await accepting();
  publish(demo, { iss: 'another issuer' });
  expect(await reasonOf(demo, phoneCode())).toBe('unknown-issuer');
});

test('an issuer’s key withdrawn while the terminal runs: what was accepted is refused at the next scan', async () => {
  const demo = await accepting();
  publish(demo, { keys: [licenceKey(admittedKey(demoKey('a new key'))), STATUS] });
  expect(await reasonOf(demo, phoneCode())).toBe('key-not-admitted');
});

test('a kind taken from an issuer while the terminal runs is refused at the next scan', async () => {
  const demo = await accepting();
  publish(demo, { keys: [admittedKey(ISSUER_KEY, { kinds: ['driving-licence'] }), STATUS] });
  expect(await reasonOf(demo, phoneCode())).toBe('key-not-admitted');
});

test('a key retired while the terminal runs counts for what it signed before, and for nothing after', async () => {
  const demo = await accepting();
  publish(demo, { keys: [licenceKey(admittedKey(ISSUER_KEY, { exp: NOW - DAY })), STATUS] });
  expect(await reasonOf(demo, phoneCode({ iat: NOW - DAY }))).toBe('accepted');
  await demo.terminal.command({ type: 'dismiss' });
  expect(await reasonOf(demo, phoneCode({ iat: NOW - DAY + 1 }))).toBe('key-not-admitted');
});

test('a withdrawn key stays withdrawn: the set from before, put back into the store, is not opened', async () => {
  const demo = await accepting();
  publish(demo, { keys: [licenceKey(admittedKey(demoKey('a new key'))), STATUS] });
  demo.store.saveTrust(demo.city.trust(1));
  vi.advanceTimersByTime(SYNC_POLL_MS);
  expect(demo.faults).toContainEqual(expect.stringMatching(/^stored trust: rollback/));
  await expect(reasonOf(demo, phoneCode())).rejects.toThrow('this terminal is out of service');
});

test.for(['root', 'timestamp', 'snapshot', 'targets'] as const)(
  'trust whose %s ran out leaves the answer open, and the terminal in service',
  async (role) => {
    const demo = await startDemoTerminal({
      prepare: (store, city) => {
        city.enrol(store);
        store.saveTrust(demoTrustSet(city.trust().files, 1, { [role]: NOW + 60 }));
      },
    });
    expect(await reasonOf(demo, phoneCode())).toBe('accepted');
    demo.clock.advance(60_000);
    expect(await demo.terminal.show(phoneCode({}, NOW + 60))).toMatchObject({
      outcome: 'undetermined',
      reason: 'trust-expired',
    });
  },
);

test('an agent that brings trust in its time ends trust-expired at the next scan', async () => {
  standStill();
  const demo = await startDemoTerminal();
  const { files } = demo.city.trust();
  demo.store.saveTrust(demoTrustSet(files, 2, { timestamp: NOW + 60 }));
  demo.clock.advance(60_000);
  vi.advanceTimersByTime(SYNC_POLL_MS);
  expect(await reasonOf(demo, phoneCode({}, NOW + 60))).toBe('trust-expired');
  demo.store.saveTrust(demoTrustSet(files, 3));
  vi.advanceTimersByTime(SYNC_POLL_MS);
  expect(await reasonOf(demo, phoneCode({}, NOW + 60))).toBe('accepted');
});

test('trust-expired says that the terminal has to be renewed, and nothing against the licence', () => {
  for (const { reasons, staff } of [wording.zh, wording.en]) {
    for (const { title, sentence, todo } of [reasons['trust-expired'], staff.reasons['trust-expired']]) {
      expect(`${title}${sentence}`).toMatch(/本机|machine|terminal/);
      expect(todo).toMatch(/请稍后重试|等待自动更新|try again later|renews itself/i);
    }
  }
});

/** A running terminal that has just accepted a licence of the demo issuer. */
async function accepting(): Promise<DemoTerminal> {
  standStill();
  const demo = await startDemoTerminal();
  expect(await reasonOf(demo, phoneCode())).toBe('accepted');
  await demo.terminal.command({ type: 'dismiss' });
  return demo;
}

/** The agent stores the next trust set, in which the issuer is changed, and the terminal looks. */
function publish({ store, city }: DemoTerminal, changes: Partial<Issuer>): void {
  store.saveTrust(city.trust(2, changes));
  vi.advanceTimersByTime(SYNC_POLL_MS);
}

function licenceKey(key: IssuerKey): IssuerKey {
  return { ...key, kinds: ['medical-insurance', 'driving-licence'] };
}
