import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { decodeRow } from '../../licence/audit/row.ts';
import { demoLicence, licenceCode } from '../../licence/testing/demo-issuer.ts';
import { rowsOf } from '../testing/audit-chain.ts';
import { NOW_MS, phoneCode } from '../testing/demo-city.ts';
import { FakeResolver } from '../testing/fake-resolver.ts';
import { openPipelineBench, type PipelineBench } from '../testing/pipeline-bench.ts';
import { RESOLVE_WITHIN_MS, type ResolveOutcome } from './resolver.ts';

const REFERENCE = '1234567890123456789012345678';

test('a reference code is accepted by the licence the city hands out for it', async () => {
  const { bench } = await withCity();
  await bench.scan(REFERENCE);
  expect(bench.outputs.at(-1)).toMatchObject({
    verdict: { reason: 'accepted', licence: { kind: { en: 'Medical insurance' } } },
  });
});

test('the city is told the reference and the service, once', async () => {
  const { bench, city } = await withCity();
  await bench.scan(REFERENCE);
  expect(city.requests).toMatchObject([
    {
      query: { type: 'code', reference: { pattern: 'medical-insurance', value: REFERENCE } },
      service: 'medical-insurance',
    },
  ]);
});

test('every request has an id of its own', async () => {
  const { bench, city } = await withCity();
  await bench.scan(REFERENCE);
  await bench.scan(REFERENCE);
  const [first, second] = city.requests;
  expect(first?.requestId).not.toEqual(second?.requestId);
});

test('a reference is nowhere in the files of the store, and its row says that it was one', async () => {
  const { bench } = await withCity();
  await bench.scan(REFERENCE);
  for (const path of [bench.folder.auditDb, `${bench.folder.auditDb}-wal`]) {
    expect(readFileSync(path).includes(REFERENCE)).toBe(false);
  }
  const [row] = rowsOf(bench.folder.auditDb);
  expect(row && decodeRow(row.bytes)?.public.get('reference')).toBe('medical-insurance');
});

test('a licence code is asked about nowhere', async () => {
  const { bench, city } = await withCity();
  await bench.scan(phoneCode());
  expect(bench.reasons()).toEqual(['accepted']);
  expect(city.requests).toEqual([]);
});

test('digits no pattern names are not a licence code, and are sent nowhere', async () => {
  const { bench, city } = await withCity();
  await bench.scan('280123456789012345', ']Q1');
  expect(bench.reasons()).toEqual(['not-a-licence-code']);
  expect(city.requests).toEqual([]);
});

test('of several licences the one that serves here is the verdict', async () => {
  const { bench, city } = await withCity();
  const expired = { code: licenceCode(demoLicence({ exp: 1 })), state: 'valid' } as const;
  city.licences = [expired, ...city.licences];
  await bench.scan(REFERENCE);
  expect(bench.reasons()).toEqual(['accepted']);
});

test('an answer that is not the city’s leaves it open', async () => {
  const { bench, city } = await withCity();
  city.impersonate();
  await bench.scan(REFERENCE);
  expect(bench.reasons()).toEqual(['city-error']);
});

test('a terminal that can ask nobody leaves it open: needs-network, not forged', async () => {
  const bench = await openPipelineBench();
  await bench.scan(REFERENCE);
  expect(bench.reasons()).toEqual(['needs-network']);
});

test('a city that can’t be reached leaves it open, in the resolver’s words', async () => {
  const { bench, city } = await withCity();
  city.failure = () => Promise.resolve({ ok: false, reason: 'city-unavailable', detail: 'refused' });
  await bench.scan(REFERENCE);
  expect(bench.reasons()).toEqual(['city-unavailable']);
});

test('a resolver that fails leaves it open, and what it quotes of the code is told to nobody', async () => {
  const { bench, city } = await withCity();
  city.failure = () => Promise.reject(new TypeError(`cannot send ${REFERENCE}`));
  await bench.scan(REFERENCE);
  expect(bench.reasons()).toEqual(['city-unavailable']);
  expect(JSON.stringify(bench.outputs)).not.toContain(REFERENCE);
});

test('a resolver that throws at once is no failure of the store, and tells nobody what it was asked', async () => {
  const { bench, city } = await withCity();
  city.failure = () => {
    throw new Error(`cannot send ${REFERENCE}`);
  };
  await bench.scan(REFERENCE);
  expect(bench.reasons()).toEqual(['city-unavailable']);
  expect(JSON.stringify(bench.outputs)).not.toContain(REFERENCE);
});

test('a resolver that never answers holds up nobody for longer than a person waits', async () => {
  const { bench, city } = await withCity();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  let aborted = false;
  city.failure = (signal) => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    return Promise.withResolvers<ResolveOutcome>().promise;
  };
  bench.receive(REFERENCE);
  bench.receive('nonsense');
  await vi.advanceTimersByTimeAsync(RESOLVE_WITHIN_MS);
  await bench.pipeline.idle();
  expect(aborted).toBe(true);
  expect(bench.reasons()).toEqual(['city-unavailable', 'not-a-licence-code']);
});

test('without a clock to judge by, nothing is sent', async () => {
  const { bench, city } = await withCity();
  bench.clock.jumpTo(NOW_MS - 86_400_000);
  await bench.scan(REFERENCE);
  expect(bench.reasons()).toEqual(['clock-untrusted']);
  expect(city.requests).toEqual([]);
});

async function withCity(): Promise<{ bench: PipelineBench; city: FakeResolver }> {
  const city = new FakeResolver();
  return { bench: await openPipelineBench({ resolver: city }), city };
}
