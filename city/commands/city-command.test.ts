import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { cityCommand, shownTime } from './city-command.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

// XDG Base Directory Specification: empty means unset; a relative folder would depend on where one stands
test.each(['', undefined])('with XDG_DATA_HOME %j the data lies in the home folder', (value) => {
  vi.stubEnv('XDG_DATA_HOME', value);
  vi.stubEnv('LIANGZHENG_CITY_DATA', undefined);
  const data = join(homedir(), '.local', 'share', 'liangzheng-city');
  expect(cityCommand('x', 'y').parse([], { from: 'user' }).opts()).toEqual({ data });
});

test('a time of the store is shown in UTC, a missing one as a dash', () => {
  expect([shownTime(0), shownTime(null)]).toEqual(['1970-01-01T00:00:00.000Z', '-']);
});

test.each([9e15, -9e15, Number.NaN])('a time no calendar reaches, %d, is shown as it is', (unixMs) => {
  expect(shownTime(unixMs)).toBe(`unix ms ${unixMs}`);
});
