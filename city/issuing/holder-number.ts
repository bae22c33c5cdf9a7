import type { Licence } from '../../licence/claims.ts';
import { COMMON_LABEL } from '../../licence/field-label.ts';
import { FIRST_OWN_LABEL } from '../catalogue/kind-draft.ts';

/** A company's own licence says its number in a field of its own too (services.md: uscc). */
const NUMBER_FIELD: ReadonlyMap<string, number> = new Map([['business-licence', FIRST_OWN_LABEL]]);

/** The number a licence is looked up by: its holderCode, or the kind's own field for it; null where it says neither. */
export function holderNumberOf({ kind, fields }: Pick<Licence, 'kind' | 'fields'>): string | null {
  const own = NUMBER_FIELD.get(kind);
  const number = fields.get(COMMON_LABEL.holderCode) ?? (own === undefined ? undefined : fields.get(own));
  return typeof number === 'string' ? number : null;
}
