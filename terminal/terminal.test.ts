import { rmSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { LIST_INDEX, NOW } from '../licence/testing/demo-issuer.ts';
import { NOW_MS, phoneCode, revocationList } from './testing/demo-city.ts';
import { reasonOf, standStill, startDemoTerminal } from './testing/demo-terminal.ts';
import { SYNC_POLL_MS } from './upkeep.ts';

test('a terminal no city knows is out of service and says so', async () => {
  const { terminal } = await startDemoTerminal({ prepare: notEnrolled });
  for (const face of ['kiosk', 'counter'] as const) {
    expect(terminal.view(face).screen).toEqual({ name: 'out-of-service', cause: 'not-enrolled' });
  }
});

test('a terminal that starts before its agent waits for it', async () => {
  const { terminal } = await startDemoTerminal({
    prepare: (store, _, { syncDb }) => {
      store.close();
      for (const end of ['', '-wal', '-shm']) rmSync(`${syncDb}${end}`, { force: true });
    },
  });
  expect(terminal.view('kiosk').screen).toEqual({ name: 'out-of-service', cause: 'not-enrolled' });
  expect(await terminal.show(phoneCode())).toBe('this terminal is out of service: status tells why');
});

test('it invites as soon as its agent has enrolled it', async () => {
  standStill();
  const { terminal, store, city } = await startDemoTerminal({ prepare: notEnrolled });
  city.enrol(store);
  vi.advanceTimersByTime(SYNC_POLL_MS);
  expect(terminal.view('kiosk').screen).toEqual({ name: 'inviting' });
});

test('it starts inviting where it was enrolled before', async () => {
  const { terminal } = await startDemoTerminal();
  expect(terminal.view('kiosk').screen).toEqual({ name: 'inviting' });
});

test('a good code is accepted at kiosk and counter', async () => {
  const { terminal } = await startDemoTerminal();
  await terminal.show(phoneCode());
  for (const face of ['kiosk', 'counter'] as const) {
    expect(terminal.view(face).screen).toMatchObject({ name: 'verdict', reason: 'accepted' });
  }
});

test('the fields of an accepted licence are shown masked', async () => {
  const { terminal } = await startDemoTerminal();
  await terminal.show(phoneCode());
  const shown = JSON.stringify(terminal.view('kiosk'));
  expect(shown).toContain('张**');
  expect(shown).not.toContain('张小明');
});

test('a licence is refused at the next scan after its agent has a list that revokes it', async () => {
  standStill();
  const demo = await startDemoTerminal();
  expect(await reasonOf(demo, phoneCode())).toBe('accepted');
  demo.store.saveStatusList(revocationList([LIST_INDEX], NOW));
  vi.advanceTimersByTime(SYNC_POLL_MS);
  expect(await reasonOf(demo, phoneCode())).toBe('revoked');
});

test('screens are told of news from the city although their state stays', async () => {
  standStill();
  const { terminal, store } = await startDemoTerminal();
  const signed: (number | undefined)[] = [];
  terminal.onChange(() => signed.push(terminal.view('counter').city.listSignedAt));
  store.saveStatusList(revocationList([], NOW));
  vi.advanceTimersByTime(2 * SYNC_POLL_MS);
  expect(signed).toEqual([NOW_MS]);
});

test('a code typed into the page by a keyboard-mode scanner is judged', async () => {
  const { terminal, until } = await startDemoTerminal();
  await terminal.command({ type: 'keyboard-scan', text: phoneCode() });
  await until('verdict');
  expect(terminal.view('kiosk').screen).toMatchObject({ reason: 'accepted' });
});

test('a keyboard burst longer than any code gets a verdict too', async () => {
  const { terminal, until } = await startDemoTerminal();
  await terminal.command({ type: 'keyboard-scan', text: 'A'.repeat(4096) });
  await until('verdict');
  expect(terminal.view('kiosk').screen).toMatchObject({ reason: 'malformed' });
});

test('settings chosen at the screen are in the next view', async () => {
  const { terminal } = await startDemoTerminal();
  await terminal.command({ type: 'settings', settings: { language: 'en', largeText: true } });
  expect(terminal.view('kiosk').settings).toEqual({ language: 'en', largeText: true });
});

test('a verdict is cleared when the person is done', async () => {
  const { terminal } = await startDemoTerminal();
  await terminal.show(phoneCode());
  await terminal.command({ type: 'dismiss' });
  expect(terminal.view('kiosk').screen).toEqual({ name: 'clearing' });
});

test('a code the scanner makes nothing of is not answered with the verdict before it', async () => {
  const { terminal } = await startDemoTerminal();
  await terminal.show(phoneCode());
  expect(await terminal.show(']Q1')).toMatch(/no scan of this/);
});

function notEnrolled(): void {
  // the agent has made its store and nothing more
}
