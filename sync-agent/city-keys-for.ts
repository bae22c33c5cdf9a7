import type { CityKeyUse } from '../licence/trust/city-keys.ts';
import type { Trust } from '../licence/trust/trust.ts';

/** The city's keys admitted for one use. */
export function cityKeys(trust: Trust, use: CityKeyUse): Uint8Array[] {
  return trust.city.keys.filter((key) => key.uses.includes(use)).map((key) => key.x);
}
