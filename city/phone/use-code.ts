import { useEffect, useState } from 'preact/hooks';
import { makeCode, type Outcome } from './phone-api.ts';
import type { Presented } from './phone-contract.ts';

/** A code with the time it came, on the page's own clock; `endsAt` is absent where it never changes. */
export interface ShownCode {
  readonly presented: Presented;
  readonly startedAt: number;
  readonly endsAt?: number;
}

/** How long after a failure the code is asked for again. */
export const RETRY_MS = 3000;

/**
 * The code of a licence, renewed when its time is over. A screenshot isn't renewed.
 *
 * @returns undefined before the first answer; a fault takes the place of a code that couldn't be renewed.
 */
export function useCode(licence: string, frozen: boolean): Outcome<ShownCode> | undefined {
  const [shown, setShown] = useState<Outcome<ShownCode>>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const renew = async () => {
      const outcome = await makeCode(licence, frozen);
      if (gone) return;
      setShown(outcome.ok ? { ok: true, value: timed(outcome.value) } : outcome);
      const after = outcome.ok ? lifetime(outcome.value) : RETRY_MS;
      if (after !== undefined && !(outcome.ok && frozen)) timer = setTimeout(() => void renew(), after);
    };
    void renew();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [licence, frozen]);
  return shown;
}

function timed(presented: Presented): ShownCode {
  const startedAt = performance.now();
  const life = lifetime(presented);
  return { presented, startedAt, ...(life === undefined ? {} : { endsAt: startedAt + life }) };
}

/** Counted on the city's clock alone, so the phone's may be off. */
function lifetime({ madeAt, validUntil }: Presented): number | undefined {
  return validUntil === null ? undefined : Math.max(0, validUntil - madeAt);
}
