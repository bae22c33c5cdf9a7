import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ALIVE_EVENT, ALIVE_EVERY_MS, type View } from '../../contract.ts';
import { openStream } from '../../testing/http.ts';
import { SessionRun } from '../../testing/session-run.ts';
import { ViewStreams } from './view-stream.ts';

test('a screen hears every second that its terminal is alive', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { port } = await serve();
  const stream = await openStream(port, 'kiosk');
  vi.advanceTimersByTime(3 * ALIVE_EVERY_MS);
  await vi.waitFor(() => {
    expect(stream.text().split(`event: ${ALIVE_EVENT}\ndata: \n\n`)).toHaveLength(4);
  });
});

test('a sign of life is no view', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { port } = await serve();
  const stream = await openStream(port, 'kiosk');
  vi.advanceTimersByTime(ALIVE_EVERY_MS);
  await vi.waitFor(() => expect(stream.text()).toContain(ALIVE_EVENT));
  expect(stream.views()).toHaveLength(1);
});

test('a page that does not read is cut off before its backlog costs memory', async () => {
  const { port, change, responses } = await serve('a long name '.repeat(5000));
  const deaf = connect(port, '127.0.0.1');
  onTestFinished(() => void deaf.destroy());
  deaf.on('error', () => deaf.destroy()); // cut off, as it should be
  deaf.pause();
  deaf.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await vi.waitFor(() => expect(responses).toHaveLength(1));
  // the kernel takes some megabytes on the way before anything piles up here
  for (let i = 0; i < MANY_CHANGES && !responses[0]?.destroyed; i++) {
    change();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(responses[0]?.destroyed).toBe(true);
});

test('after closing, changes are sent to nobody', async () => {
  const { port, change, streams, listeners } = await serve();
  const stream = await openStream(port, 'kiosk');
  await vi.waitFor(() => expect(stream.views()).toHaveLength(1));
  streams.close();
  change();
  expect(listeners.size).toBe(0);
  expect(stream.views()).toHaveLength(1);
});

const MANY_CHANGES = 1000;

/** View streams of a source that changes when told to, behind a bare server. @param name of the service in the view. */
async function serve(name = 'Medical insurance') {
  const view: View = {
    ...new SessionRun().view('kiosk'),
    service: { id: 'medical-insurance', names: { zh: name, en: name } },
  };
  const listeners = new Set<() => void>();
  const streams = new ViewStreams({
    view: () => view,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const responses: ServerResponse[] = [];
  const server = createServer((_, response) => {
    responses.push(response);
    streams.add(response, 'kiosk');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    streams.close();
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const change = () => {
    for (const listener of listeners) listener();
  };
  return { port: address.port, change, streams, listeners, responses };
}
