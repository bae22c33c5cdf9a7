import { existsSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatEnrolmentCode } from '../licence/wire/enrolment-code.ts';
import { ENROLMENT_POLL_MS, type EnrolmentParts, untilEnrolled } from './enrolment.ts';
import { causeOf } from './fault.ts';
import { type Bench, openBench } from './testing/bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

function write(content: object | string): void {
  writeFileSync(bench.folder.enrolment, typeof content === 'string' ? content : JSON.stringify(content));
}

/** Runs until enrolled or until the first fault, whose name is returned. */
async function result(): Promise<string> {
  const causes: string[] = [];
  const parts: EnrolmentParts = {
    ...bench,
    random: () => 0,
    path: bench.folder.enrolment,
    succeeded: () => causes.push('enrolled'),
    failed: (fault) => {
      causes.push(causeOf(fault));
      bench.stop.abort();
    },
  };
  await untilEnrolled(parts, bench.signal);
  return causes.join();
}

test('an enrolment file is carried out and removed', async () => {
  write({ city: `${bench.city.url}/`, code: bench.city.enrolmentCode.toLowerCase(), name: '三号窗口' });
  expect(await result()).toBe('enrolled');
  expect(bench.store.enrolment()).toEqual({
    terminalId: Buffer.from(bench.identity.terminalId),
    city: bench.city.url,
  });
  expect(bench.store.firstRoot()).toEqual(Buffer.from(bench.city.firstRoot));
  expect(existsSync(bench.folder.enrolment)).toBe(false);
});

test('a file that comes later is found', async () => {
  const enrolling = result();
  write({ city: bench.city.url, code: bench.city.enrolmentCode });
  bench.clock.advance(ENROLMENT_POLL_MS);
  expect(await enrolling).toBe('enrolled');
});

test('a root that is not the one the code vouches for is refused', async () => {
  const { secret } = bench.city;
  const code = formatEnrolmentCode({ secret, rootFingerprint: new Uint8Array(16) });
  write({ city: bench.city.url, code });
  expect(await result()).toBe('wrong-root');
  expect(bench.store.enrolment()).toBeUndefined();
});

test('an answer that was lost is asked for again', async () => {
  bench.city.know(bench.key.publicKey);
  write({ city: bench.city.url, code: bench.city.enrolmentCode });
  expect(await result()).toBe('enrolled');
});

test('a code that another terminal used is refused by name', async () => {
  bench.city.know(new Uint8Array(32));
  write({ city: bench.city.url, code: bench.city.enrolmentCode });
  expect(await result()).toBe('refused:code-used');
  expect(existsSync(bench.folder.enrolment)).toBe(true);
});

test.each([
  ['no JSON', '{'],
  ['a city over plain http', { city: 'http://city.example', code: 'A' }],
  ['a code that is none', { city: 'https://city.example', code: 'A' }],
  ['a key that is none', { city: 'https://city.example', code: 'A', nmae: 'x' }],
  ['10 MB', 'x'.repeat(10_000_000)],
])('a file with %s is a fault with a name', async (_what, content) => {
  write(content);
  expect(await result()).toBe('enrolment-file');
});

test('a file left over by an agent that was killed is removed', async () => {
  bench.enrolled();
  write({ city: bench.city.url, code: bench.city.enrolmentCode });
  await result();
  expect(existsSync(bench.folder.enrolment)).toBe(false);
  expect(bench.city.asked).toEqual([]);
});

test('an enrolled terminal does not move to another city', async () => {
  bench.enrolled();
  write({ city: 'https://other.example', code: bench.city.enrolmentCode });
  expect(await result()).toBe('already-enrolled');
  expect(bench.store.enrolment()?.city).toBe(bench.city.url);
});
