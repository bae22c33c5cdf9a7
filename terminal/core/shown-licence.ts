import type { Catalogue, Service } from '../../licence/trust/catalogue.ts';
import type { Verdict } from '../../licence/verdict.ts';
import type { Names, ShownField } from '../contract.ts';
import { masked } from './masking.ts';

/** What of a verdict's licence the screens may ever show. Made once; the licence itself isn't kept. */
export interface ShownLicence {
  readonly kind: Names;
  readonly fields: readonly ShownField[];
  /** The masked holder alone, which staff may see of a licence that was not accepted. */
  readonly holder: readonly ShownField[];
}

const HOLDER_NAME = 1;

/** Masks by the catalogue. @returns undefined when the verdict carries no verified licence. */
export function shownLicence(
  verdict: Verdict,
  service: Service,
  catalogue: Catalogue,
): ShownLicence | undefined {
  const { licence } = verdict;
  if (!licence) return undefined;
  const kind = catalogue.kinds.find((candidate) => candidate.id === licence.kind);
  // a kind the catalogue doesn't know has no names and no rule for what may be shown of it
  if (!kind) return undefined;
  const fields: { readonly label: number; readonly shown: ShownField }[] = [];
  for (const label of service.shownFields) {
    const field = kind.fields.find((candidate) => candidate.label === label);
    const value = licence.fields.get(label);
    const text = field && value !== undefined ? masked(String(value), field.show) : undefined;
    if (field && text !== undefined) fields.push({ label, shown: { label: field.names, value: text } });
  }
  return {
    kind: kind.names,
    fields: fields.map(({ shown }) => shown),
    holder: fields.filter(({ label }) => label === HOLDER_NAME).map(({ shown }) => shown),
  };
}
