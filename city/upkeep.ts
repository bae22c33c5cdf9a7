import type { City } from './city.ts';

/** How often the running server looks whether something is due; what is due has limits of an hour and more. */
export const UPKEEP_MS = 60_000;

/** Signs anew what grows old and forgets what is no longer needed. */
export async function doUpkeep(city: City): Promise<void> {
  await city.trust.renew();
  await city.statusLists.renew();
  await city.requests.prune();
  await city.changes.prune();
}

/** Repeats the upkeep; a failure is told and tried again the next time. @returns what ends it, after the round under way. */
export function keepUp(city: City, failed: (error: unknown) => void): () => Promise<void> {
  let round: Promise<void> | undefined;
  const timer = setInterval(() => {
    round ??= doUpkeep(city)
      .catch(failed)
      .finally(() => {
        round = undefined;
      });
  }, UPKEEP_MS);
  return async () => {
    clearInterval(timer);
    await round;
  };
}
