import type { Licence } from '../claims.ts';
import { COMMON_LABEL } from '../field-label.ts';
import { type CertificateIdFault, checkCertificateId } from './certificate-id.ts';
import { checkIdCard, type IdCardFault } from './id-card.ts';
import { checkUscc, type UsccFault } from './uscc.ts';

/**
 * A number on a licence that isn't formed as its standard says. `what` is where it stands, `number` which number it
 * claims to be. Holds nothing of the number itself, so it may go into a log.
 */
export type IdentifierWarning =
  | { readonly what: 'holder-code'; readonly number: 'id-card'; readonly fault: IdCardFault | 'not-text' }
  | { readonly what: 'holder-code'; readonly number: 'uscc'; readonly fault: UsccFault | 'not-text' }
  | {
      readonly what: 'licence-identifier';
      readonly number: 'certificate-id';
      readonly fault: Exclude<CertificateIdFault, 'prefix'>;
    };

/**
 * What a member of staff should look at twice. Never a reason to refuse: registers hold numbers that were once given out
 * wrongly, and the issuer has signed them. Holder codes of other types (a passport) and licence identifiers of other
 * standards are not looked at, nor is a licence that names no holder code.
 */
export function identifierWarnings(licence: Pick<Licence, 'sub' | 'fields'>): readonly IdentifierWarning[] {
  const warnings = holderCodeWarnings(licence.fields);
  const fault = checkCertificateId(licence.sub);
  if (fault !== 'ok' && fault !== 'prefix')
    warnings.push({ what: 'licence-identifier', number: 'certificate-id', fault });
  return warnings;
}

function holderCodeWarnings(fields: Licence['fields']): IdentifierWarning[] {
  const code = fields.get(COMMON_LABEL.holderCode);
  if (code === undefined) return [];
  switch (fields.get(COMMON_LABEL.holderCodeType)) {
    case HOLDER_CODE_TYPE.idCard: {
      const fault = typeof code === 'string' ? checkIdCard(code) : 'not-text';
      return fault === 'ok' ? [] : [{ what: 'holder-code', number: 'id-card', fault }];
    }
    case HOLDER_CODE_TYPE.uscc: {
      const fault = typeof code === 'string' ? checkUscc(code) : 'not-text';
      return fault === 'ok' ? [] : [{ what: 'holder-code', number: 'uscc', fault }];
    }
    default:
      return [];
  }
}

/** Values of the field `holderCodeType` that name a number with a check character. */
const HOLDER_CODE_TYPE = { idCard: '111', uscc: '001' } as const;
