import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openBrowser } from '../../testing/browser.ts';
import { demoHandOn, HOLDER_NAME, SERVICE } from '../testing/demo-bridge.ts';
import { type ServedBridge, serveBridge } from '../testing/serve-bridge.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('the sample page asks, shows what it received, finds its signature valid and acknowledges it', async () => {
  const served = await serveBridge();
  const token = admit(served, `http://127.0.0.1:${served.port}`);
  const page = await open(`http://127.0.0.1:${served.port}/bridge/v1/sample`);
  await page.fill('#token', token);
  await page.click('text=Connect');
  await page.waitForSelector('text=medical-insurance: in service');
  await page.fill('#case', 'MZ-2026-0001');
  await page.click('text=Ask for the licence');
  await page.waitForSelector('text=asked: waiting');
  handOn(served);
  await page.waitForSelector('text=receipt for MZ-2026-0001: signature valid here');
  await page.waitForSelector(`text=姓名: ${HOLDER_NAME}`);
  const id = served.told[0]?.id ?? '';
  await expect.poll(() => served.bridge.look('desk', id)).toEqual({ id, state: 'handed-on' });
  expect(await page.locator('#log').textContent()).not.toContain('no connection');
});

test('a page of the hospital’s own origin imports the client and is told what is handed on', async () => {
  const served = await serveBridge();
  const page = await openPageOf(served, 'admitted');
  await page.waitForSelector('text=state');
  handOn(served);
  await page.waitForSelector('text=handed-on');
});

test('a page of an origin that is not admitted can’t even import the client, nor use a token it has', async () => {
  const served = await serveBridge();
  const page = await openPageOf(served, 'foreign');
  await page.waitForSelector('text=failed');
  const fetched = await page.evaluate(
    ([address, token]) =>
      fetch(`${address}`, { headers: { authorization: `Bearer ${token}` } }).then(
        () => 'read',
        () => 'kept out',
      ),
    [`http://127.0.0.1:${served.port}/bridge/v1/terminal`, served.his],
  );
  expect(fetched).toBe('kept out');
});

/** A page from another server, by another name of this machine. */
async function openPageOf(served: ServedBridge, as: 'admitted' | 'foreign'): Promise<Page> {
  const terminal = `http://127.0.0.1:${served.port}`;
  let script = '';
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(`<p id="log"></p><script>${script}</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const origin = `http://localhost:${address.port}`;
  const token = as === 'admitted' ? admit(served, origin) : served.his;
  script = `
    const say = (text) => document.getElementById('log').append(text + ' ');
    import('${terminal}/bridge/v1/liangzheng-bridge.js').then(({ connect }) => connect({
      token: '${token}', url: '${terminal}', onState: () => say('state'), onHandedOn: () => say('handed-on'),
    }), () => say('failed'));`;
  return open(origin);
}

async function open(address: string): Promise<Page> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(address);
  return page;
}

function admit({ clients }: ServedBridge, origin: string): string {
  const added = clients.add({ name: 'desk', origins: [origin] });
  if (typeof added === 'string') throw new Error(added);
  return added.token;
}

function handOn({ bridge, told }: ServedBridge): void {
  const receiver = bridge.receiverFor(SERVICE, told.at(-1)?.id);
  if (!receiver || !bridge.handOn(receiver, demoHandOn())) throw new Error('nobody took it');
}
