import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Debian's Chromium, headless. @throws with what to install where it is missing. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error('Chromium is missing: apt-get install chromium fonts-noto-cjk');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      // containers and CI run as root, where Chromium's own sandbox does not start
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** What scanner modules leave between two keys (measured: 8 to 16 ms). */
const KEY_GAP_SECONDS = 0.01;

/**
 * Types as a keyboard-mode scanner does, Enter at the end. Each key carries its own time, and none waits for the one
 * before: on a busy machine that wait can be longer than the pause that ends a burst.
 */
export async function typeBurst(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const began = Date.now() / 1000;
  const keys = [...text].map((character) => ({ key: character, text: character }));
  await Promise.all(
    [...keys, { key: 'Enter', text: '\r' }].flatMap((key, i) => {
      const timestamp = began + i * KEY_GAP_SECONDS;
      return [
        session.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...key }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp, key: key.key }),
      ];
    }),
  );
  await session.detach();
}
