import { COMMON_LABEL } from '../../licence/field-label.ts';
import { identifierWarnings } from '../../licence/identifier/identifier-warnings.ts';
import { statedFields } from '../../licence/stated-fields.ts';
import type { Catalogue, Service } from '../../licence/trust/catalogue.ts';
import type { Issuer } from '../../licence/trust/issuers.ts';
import type { Verdict } from '../../licence/verdict.ts';
import type { DoubtfulNumber, Names, ShownField } from '../contract.ts';
import { wording } from '../words/wording.ts';
import { masked } from './masking.ts';

/** What of a verdict's licence the screens may ever show. Made once; the licence itself isn't kept. */
export interface ShownLicence {
  readonly kind: Names;
  readonly fields: readonly ShownField[];
  /** The masked holder alone, which staff may see of a licence that was not accepted. */
  readonly holder: readonly ShownField[];
  readonly doubtful: readonly DoubtfulNumber[];
}

/** Masks by the catalogue. @returns undefined when the verdict carries no verified licence. */
export function shownLicence(
  verdict: Verdict,
  service: Service,
  trust: { readonly catalogue: Catalogue; readonly issuers: readonly Issuer[] },
): ShownLicence | undefined {
  const { licence } = verdict;
  if (!licence) return undefined;
  const kind = trust.catalogue.kinds.find((candidate) => candidate.id === licence.kind);
  // a kind the catalogue doesn't know has no names and no rule for what may be shown of it
  if (!kind) return undefined;
  const issuer = trust.issuers.find(({ iss }) => iss === licence.iss);
  const stated = statedFields(licence, issuer?.names.zh);
  const fields: { readonly label: number; readonly shown: ShownField }[] = [];
  for (const label of service.shownFields) {
    const field = kind.fields.find((candidate) => candidate.label === label);
    const value = stated.get(label);
    const text = field && value !== undefined ? masked(String(value), field.show) : undefined;
    if (!field || text === undefined) continue;
    const masking = field.show === 'whole' ? {} : { masked: label };
    fields.push({ label, shown: { label: field.names, value: text, ...masking } });
  }
  const delegate = verdict.outcome === 'accepted' ? verdict.delegation?.sub : undefined;
  return {
    kind: kind.names,
    fields: [...fields.map(({ shown }) => shown), ...(delegate ? [shownDelegate(delegate)] : [])],
    doubtful: identifierWarnings(licence).map(({ what }) => what),
    holder: fields.filter(({ label }) => label === COMMON_LABEL.holderName).map(({ shown }) => shown),
  };
}

/** Who showed the licence in the holder's place: whoever looks at it must see that it isn't the holder's phone. */
function shownDelegate(identifier: string): ShownField {
  const label = { zh: wording.zh.verdict.delegate, en: wording.en.verdict.delegate };
  return { label, value: masked(identifier, 'identifier') ?? '' };
}
