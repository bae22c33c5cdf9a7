import type { Matter, Service } from '../../licence/trust/catalogue.ts';
import type { Names, ShownCase } from '../contract.ts';
import type { HeldVerdict } from './held-verdict.ts';

/** Licences of one person or one company, brought together for one matter. Lives in memory alone. */
export interface OpenCase {
  /** A case belongs to the service it was opened in, and ends with it. */
  readonly service: Service;
  readonly matter?: Matter;
  /** Accepted ones only, in the order they came. */
  readonly verdicts: readonly HeldVerdict[];
}

/** No matter of the pilot needs more than a dozen. */
export const MAX_CASE_LICENCES = 16;

/** Adds an accepted licence; the same one again takes the place of its earlier verdict. A full case stays as it is. */
export function addToCase(open: OpenCase, verdict: HeldVerdict): OpenCase {
  if (verdict.outcome !== 'accepted' || !verdict.held) return open;
  const at = open.verdicts.findIndex((earlier) => sameLicence(earlier, verdict));
  if (at >= 0) return { ...open, verdicts: open.verdicts.with(at, verdict) };
  return isFull(open) ? open : { ...open, verdicts: [...open.verdicts, verdict] };
}

export function isFull({ verdicts }: OpenCase): boolean {
  return verdicts.length >= MAX_CASE_LICENCES;
}

/**
 * What the matter still needs, in its order. A licence meets one need at most, whichever leaves the fewest unmet; of
 * needs that want the same licence the first counts as met.
 */
export function lacks({ matter, verdicts }: OpenCase): readonly Names[] {
  const kinds = verdicts.map(({ held }) => held?.licence.kind);
  const needs = matter?.needs ?? [];
  /** By licence, the need it meets. */
  const meets = new Map<number, number>();
  // augmenting paths of bipartite matching (Kuhn): a need once met stays met
  const met = needs.map((_, need) => findLicence(need, new Set()));
  return needs.filter((_, need) => !met[need]).map(({ names }) => names);

  function findLicence(need: number, tried: Set<number>): boolean {
    for (const [licence, kind] of kinds.entries()) {
      if (tried.has(licence) || kind === undefined || !needs[need]?.kinds.includes(kind)) continue;
      tried.add(licence);
      const rival = meets.get(licence);
      if (rival !== undefined && !findLicence(rival, tried)) continue;
      meets.set(licence, need);
      return true;
    }
    return false;
  }
}

/** The case as staff see it: masked. */
export function shownCase(open: OpenCase): ShownCase {
  return {
    ...(open.matter ? { matter: open.matter.names } : {}),
    licences: open.verdicts.map(({ number, licence, held }) => ({
      number,
      kind: licence?.kind ?? { zh: held?.licence.kind ?? '', en: held?.licence.kind ?? '' },
      holder: (licence?.holder ?? []).map(({ label, value }) => ({ label, value })),
    })),
    lacks: lacks(open),
  };
}

function sameLicence(one: HeldVerdict, other: HeldVerdict): boolean {
  const [a, b] = [one.held?.licence, other.held?.licence];
  return a !== undefined && b !== undefined && a.iss === b.iss && Buffer.compare(a.cti, b.cti) === 0;
}
