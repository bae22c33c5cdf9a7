import { afterEach, beforeEach, expect, test } from 'vitest';
import { CityClient, HEAD_TIMEOUT_MS, TOTAL_TIMEOUT_MS } from './city-client.ts';
import type { Outcome } from './fault.ts';
import type { Network } from './network.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { type Intercept, refuse } from './testing/fake-city.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const REQUEST = {
  method: 'GET',
  path: '/v1/trust/timestamp.json',
  accept: ['application/json'],
  maxBytes: 4096,
} as const;

const ask = () => bench.client.send(REQUEST, bench.signal);

function name(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.fault.name;
}

/** Answers once the request is there, so that a test can then move the clock. */
function arrived(intercept: Intercept): Promise<void> {
  return new Promise((resolve) => {
    bench.city.intercept = (...exchange) => {
      resolve();
      return intercept(...exchange);
    };
  });
}

test('an answer comes with its bytes and its ETag', async () => {
  bench.city.intercept = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', etag: '"a"' }).end('{}');
    return true;
  };
  const outcome = await ask();
  expect(outcome).toMatchObject({ ok: true, value: { status: 200, etag: '"a"' } });
});

test('plain http to anywhere but this machine is refused before anything is sent', async () => {
  const client = new CityClient('http://city.example', bench.network, bench.clock);
  expect(name(await client.send(REQUEST, bench.signal))).toBe('address');
});

test('a captive portal is not the city', async () => {
  bench.city.intercept = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hotel Wi-Fi</h1>');
    return true;
  };
  expect(name(await ask())).toBe('not-the-city');
});

test('a redirect is not followed', async () => {
  bench.city.intercept = (_request, response) => {
    response.writeHead(302, { location: `${bench.city.url}/login` }).end();
    return true;
  };
  expect(name(await ask())).toBe('not-the-city');
  expect(bench.city.asked).toHaveLength(1);
});

test('a content coding that nobody asked for is not unpacked', async () => {
  bench.city.intercept = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('x');
    return true;
  };
  expect(name(await ask())).toBe('not-the-city');
});

test('10 MB are not read, whether declared or not', async () => {
  const block = Buffer.alloc(64 * 1024);
  let sent = 0;
  for (const headers of [{ 'content-length': 10_000_000 }, {}]) {
    bench.city.intercept = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers });
      const more = () => {
        while (sent < 10_000_000 && !response.destroyed) {
          sent += block.length;
          if (!response.write(block)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
      return true;
    };
    expect(name(await ask())).toBe('too-large');
  }
  expect(sent).toBeLessThan(10_000_000);
});

test('a city that is not there is offline', async () => {
  const client = new CityClient('http://127.0.0.1:1', bench.network, bench.clock);
  expect(name(await client.send(REQUEST, bench.signal))).toBe('offline');
});

test('a city that never answers is a timeout', async () => {
  const there = arrived(() => true);
  const outcome = ask();
  await there;
  bench.clock.advance(HEAD_TIMEOUT_MS);
  expect(name(await outcome)).toBe('timeout');
});

test('a body that trickles on for ever is a timeout', async () => {
  const there = arrived((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{');
    return true;
  });
  const outcome = ask();
  await there;
  bench.clock.advance(TOTAL_TIMEOUT_MS);
  expect(name(await outcome)).toBe('timeout');
});

test('a stream refused with a body that never ends is a timeout', async () => {
  bench.city.intercept = (_request, response) => {
    response.writeHead(503, { 'content-type': 'text/html' });
    response.write('<h1>Bad');
    return true;
  };
  const headed = Promise.withResolvers<void>();
  const request: Network['request'] = async (...exchange) => {
    const response = await bench.network.request(...exchange);
    setImmediate(headed.resolve);
    return response;
  };
  const client = new CityClient(bench.city.url, { ...bench.network, request }, bench.clock);
  const outcome = client.stream(REQUEST, bench.signal, async () => ({ ok: true, value: undefined }));
  await headed.promise;
  bench.clock.advance(TOTAL_TIMEOUT_MS);
  expect(name(await outcome)).toBe('timeout');
});

test('an abort ends a request at once', async () => {
  const there = arrived(() => true);
  const outcome = ask();
  await there;
  bench.stop.abort();
  expect(name(await outcome)).toBe('cancelled');
});

test("a refusal carries the city's stable code", async () => {
  bench.city.intercept = (_request, response) => {
    refuse(response, 401, 'unknown-terminal');
    return true;
  };
  expect(await ask()).toMatchObject({ fault: { name: 'refused', status: 401, code: 'unknown-terminal' } });
});

test('a refusal in free text carries no text', async () => {
  bench.city.intercept = (_request, response) => {
    response
      .writeHead(400, { 'content-type': 'application/problem+json' })
      .end('{"code":"张三 is not here"}');
    return true;
  };
  expect(await ask()).toMatchObject({
    fault: { name: 'refused', status: 400, code: null, detail: 'status 400' },
  });
});

test('503 with Retry-After says how long', async () => {
  bench.city.intercept = (_request, response) => {
    refuse(response, 503, 'busy', { 'retry-after': '7' });
    return true;
  };
  expect(await ask()).toMatchObject({ fault: { name: 'busy', retryAfterMs: 7000 } });
});
