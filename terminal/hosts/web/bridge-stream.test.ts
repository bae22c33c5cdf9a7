import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openEvents, serveBridge } from '../../bridge/testing/serve-bridge.ts';
import { BRIDGE_ALIVE_MS, BridgeStream } from './bridge-stream.ts';

test('a listener hears every five seconds that the terminal is there', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const stream = await openEvents(await serveBridge());
  vi.advanceTimersByTime(3 * BRIDGE_ALIVE_MS);
  await vi.waitFor(() => expect(stream.text().split(': alive\n\n')).toHaveLength(4));
});

test('a page that does not read is cut off before its backlog costs memory', async () => {
  const { stream, response } = await openDeaf();
  // the kernel takes some megabytes on the way before anything piles up here
  for (let i = 0; i < MANY && !response.destroyed; i++) {
    stream.send('verdict', { padding: 'a long event '.repeat(5000) }, 'id');
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(response.destroyed).toBe(true);
});

test('a page that does not read can’t keep its stream open past the end', async () => {
  const { stream, response } = await openDeaf();
  for (let i = 0; i < MANY && response.writableLength === 0; i++) {
    stream.send('verdict', { padding: 'a long event '.repeat(5000) }, 'id');
    await new Promise((resolve) => setImmediate(resolve));
  }
  stream.end();
  expect(response.destroyed).toBe(true);
});

const MANY = 1000;

/** A stream to a client that reads nothing. */
async function openDeaf(): Promise<{ readonly stream: BridgeStream; readonly response: ServerResponse }> {
  const opened = Promise.withResolvers<ServerResponse>();
  const server = createServer((_, response) => opened.resolve(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const deaf = connect(address.port, '127.0.0.1');
  onTestFinished(() => void deaf.destroy());
  deaf.on('error', () => deaf.destroy()); // cut off, as it should be
  deaf.pause();
  deaf.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const response = await opened.promise;
  return { stream: new BridgeStream(response, {}), response };
}
