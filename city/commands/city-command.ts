import { homedir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type City, cityExists, openCity } from '../city.ts';

/** A command over a city's data folder, with the option that names it. */
export function cityCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(
      new Option(
        '--data <dir>',
        'data folder of the city; for "liangzheng city", the folder that has it as city/',
      ).default(defaultData(process.env)),
    );
}

/**
 * Opens the city for one command and closes it again, whatever happens.
 *
 * @throws when the folder holds no city: one made there would hide that another folder was meant.
 */
export async function withCity(data: string, run: (city: City) => Promise<void>): Promise<void> {
  if (!cityExists(data)) throw new Error(`no city in ${data}; "serve" makes one`);
  await withCityOrNew(data, run);
}

/** Like withCity, but makes the city where there is none. */
export async function withCityOrNew(data: string, run: (city: City) => Promise<void>): Promise<void> {
  const city = await openCity({ data });
  try {
    await run(city);
  } finally {
    await city.close();
  }
}

/** For `argParser`: a whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
  };
}

/** Shows a time of the store; a dash for none, the bare number where no calendar reaches. @param unixMs or null. */
export function shownTime(unixMs: number | null): string {
  if (unixMs === null) return '-';
  const date = new Date(unixMs);
  return Number.isNaN(date.getTime()) ? `unix ms ${unixMs}` : date.toISOString();
}

/** A cti as the commands print it. */
export const CTI_HEX = /^[0-9a-f]{32}$/i;

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** As `liangzheng city` hands it over, where this is called through it. */
function defaultData(env: NodeJS.ProcessEnv): string {
  if (env.LIANGZHENG_CITY_DATA) return env.LIANGZHENG_CITY_DATA;
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'liangzheng-city');
}
