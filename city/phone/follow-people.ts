import { loadPeople, type Outcome } from './phone-api.ts';
import type { People } from './phone-contract.ts';
import type { PhoneRoute } from './phone-route.ts';

/** How often the list is asked for while a code is shown, and how long after a failure. */
export const REFRESH_MS = 3000;

/**
 * Keeps the list of people as the city has it: a licence may be revoked while its code is on the screen.
 *
 * @param onPeople gets each answer. @returns what to call at the beginning and at each change of place.
 */
export function followPeople(onPeople: (people: Outcome<People>) => void): (route: PhoneRoute) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let held = false;
  let codeShown = false;
  const load = async () => {
    clearTimeout(timer);
    const mine = ++asked;
    const outcome = await loadPeople();
    if (mine !== asked) return; // the place has changed and asked again
    held ||= outcome.ok;
    // a code on the screen says by itself that the city is gone, when its time is over
    if (outcome.ok || !held || !codeShown) onPeople(outcome);
    if (!outcome.ok || codeShown) timer = setTimeout(() => void load(), REFRESH_MS);
  };
  return (route) => {
    codeShown = route.licence !== undefined;
    void load();
  };
}
