import { expect, test, vi } from 'vitest';
import { toCodeText } from '../../licence/code-text.ts';
import { demoCode, LIST_INDEX, NOW } from '../../licence/testing/demo-issuer.ts';
import { phoneCode, revocationList } from '../testing/demo-city.ts';
import { reasonOf, standStill, startDemoTerminal } from '../testing/demo-terminal.ts';
import { SYNC_POLL_MS } from '../upkeep.ts';

/*
 * What a holder proof can't stop, said as plainly as what it can (docs/threats.md). A code is good for a minute at any
 * terminal of its service; a copied key is as good as the key until the licence is revoked.
 */
const FRESH_MS = 60_000;

test('a code passed on in time is accepted at another terminal: each remembers only what it accepted itself', async () => {
  const [here, elsewhere] = [await startDemoTerminal(), await startDemoTerminal()];
  const code = phoneCode();
  expect(await reasonOf(here, code)).toBe('accepted');
  expect(await reasonOf(elsewhere, code)).toBe('accepted');
});

test('a code passed on too late is refused everywhere', async () => {
  const elsewhere = await startDemoTerminal();
  const code = phoneCode();
  elsewhere.clock.advance(FRESH_MS + 1000);
  expect(await reasonOf(elsewhere, code)).toBe('code-expired');
});

test('a code made for another service is refused, passed on in time or not', async () => {
  const demo = await startDemoTerminal();
  const code = toCodeText(demoCode({ presentation: { aud: 'road-enforcement' } }));
  expect(await reasonOf(demo, code)).toBe('holder-proof-invalid');
});

test('codes of a copied key are accepted beside those of its holder, until its licence is revoked', async () => {
  standStill();
  const demo = await startDemoTerminal();
  const twoPhones = async () => {
    const reasons: string[] = [];
    for (const code of [phoneCode(), phoneCode()]) {
      reasons.push(await reasonOf(demo, code));
      await demo.terminal.command({ type: 'dismiss' });
    }
    return reasons;
  };
  expect(await twoPhones()).toEqual(['accepted', 'accepted']);
  demo.store.saveStatusList(revocationList([LIST_INDEX], NOW));
  vi.advanceTimersByTime(SYNC_POLL_MS);
  expect(await twoPhones()).toEqual(['revoked', 'revoked']);
});
