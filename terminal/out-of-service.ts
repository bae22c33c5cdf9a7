import type { Scanner } from '../drivers/scanner.ts';
import type { Catalogue } from '../licence/trust/catalogue.ts';
import type { OutOfServiceCause } from './contract.ts';
import { serviceOf } from './core/service-of.ts';
import type { StoreLevel } from './store/store-news.ts';

/** Why a terminal can't serve anybody just now; undefined where it can. The first cause counts. */
export function outOfServiceCause(now: {
  readonly store: StoreLevel;
  /** Absent before the terminal is enrolled. */
  readonly catalogue: Catalogue | undefined;
  readonly service: string;
  readonly scanners: readonly Scanner[];
}): OutOfServiceCause | undefined {
  if (now.store === 'failed') return 'store-failed';
  if (now.store === 'full') return 'store-full';
  if (!now.catalogue) return 'not-enrolled';
  if (!serviceOf(now.catalogue, now.service)) return 'unknown-service';
  return now.scanners.some(({ state }) => state.name === 'ready') ? undefined : 'no-scanner';
}
