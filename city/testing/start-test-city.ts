import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { cityServer } from '../api/city-server.ts';
import { type City, openCity } from '../city.ts';
import type { Clock } from '../clock.ts';

/** A clock a test can turn. */
export interface TestClock extends Clock {
  unixMs: number;
}

/** A real city over a folder of its own, served on loopback. */
export interface TestCity {
  readonly data: string;
  readonly clock: TestClock;
  readonly city: City;
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param prepare what is to be there before the server begins to watch for changes. */
export async function startTestCity(prepare?: (city: City) => Promise<unknown>): Promise<TestCity> {
  const data = mkdtempSync(join(tmpdir(), 'city-'));
  // starts at the machine's time, which other processes on the folder use
  const clock: TestClock = { unixMs: Date.now(), now: () => clock.unixMs };
  const city = await openCity({ data, clock });
  await prepare?.(city);
  const server = await cityServer(city, pino({ level: 'silent' }));
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    data,
    clock,
    city,
    url,
    close: async () => {
      await server.close();
      await city.close();
      rmSync(data, { recursive: true });
    },
  };
}

/** An issuer and a service for tests of issuing. */
export const TEST_ISSUER = {
  slug: 'health',
  iss: 'urn:test:health',
  names: { zh: '医保局', en: 'Health insurance office' },
  kinds: ['medical-insurance'],
} as const;
