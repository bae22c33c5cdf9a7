import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { afterEach, expect, test } from 'vitest';
import { CityClient } from './city-client.ts';
import { nodeNetwork } from './node-network.ts';
import { TEST_CERTIFICATES } from './testing/test-certificates.ts';
import { TestClock } from './testing/test-clock.ts';

const { valid, past } = TEST_CERTIFICATES;

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** What asking a city with this certificate comes to. */
async function ask(
  shown: { readonly cert: string; readonly key: string },
  ca: string,
  certificateDates: 'judged' | 'tolerated',
): Promise<string> {
  const server = createServer({ cert: shown.cert, key: shown.key }, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const clock = new TestClock();
  const network = nodeNetwork(clock, ca);
  const outcome = await new CityClient(`https://127.0.0.1:${port}`, network, clock).send(
    { method: 'GET', path: '/', accept: ['application/json'], maxBytes: 10, certificateDates },
    new AbortController().signal,
  );
  network.close();
  return outcome.ok ? 'ok' : outcome.fault.name;
}

test('a certificate that is trusted and within its dates is taken', async () => {
  expect(await ask(valid, valid.cert, 'judged')).toBe('ok');
});

test('a certificate out of its dates is refused', async () => {
  expect(await ask(past, past.cert, 'judged')).toBe('certificate');
});

test('where dates are tolerated, a trusted certificate out of its dates is taken', async () => {
  expect(await ask(past, past.cert, 'tolerated')).toBe('ok');
});

test('where dates are tolerated, a certificate that nobody vouches for is still refused', async () => {
  expect(await ask(valid, past.cert, 'tolerated')).toBe('certificate');
});
