import { chinaDate, lastChinaDay } from '../../licence/china-date.ts';
import type { FieldValue } from '../../licence/claims.ts';
import { DEFAULT_KINDS } from '../catalogue/default-catalogue.ts';
import { labelsOf } from '../catalogue/kind-draft.ts';
import { certificateId, uscc } from './check-characters.ts';
import { DELEGABLE_KINDS, DEMO_ISSUERS, type DemoIssuer, ROGUE_ISSUER } from './demo-issuers.ts';
import type { DemoLicence } from './demo-person.ts';
import type { LicencePeriod } from './licence-period.ts';

/**
 * What a licence that delegates show leaves out, so that three signatures fit a code a phone can show: fields that only
 * repeat its claims (kind, issuer, times), the holder's name and number or the licence's number.
 */
export const LEFT_OUT_WHERE_DELEGABLE: readonly string[] = [
  'holderCodeType',
  'certName',
  'issuerName',
  'issueDate',
  'validFrom',
  'validTo',
  'builder',
  'docNo',
  'filingNo',
  'idNo',
  'validity',
];

/** Who issues it: the impostor for the one nobody knows, the real authority otherwise (a forgery names it too). */
export function issuerOf(licence: DemoLicence): DemoIssuer {
  return licence.condition === 'unknown-issuer' ? ROGUE_ISSUER : DEMO_ISSUERS[licence.issuer];
}

/** Catalogue names of its kind. */
export function kindNamesOf(licence: DemoLicence): { readonly zh: string; readonly en: string } {
  return kindOf(licence).names;
}

/** The licence identifier in GB/T 36904 form. @param serial 9 characters, new for each issue. */
export function identifierOf(licence: DemoLicence, serial: string): string {
  const kindNumber = String(DEFAULT_KINDS.indexOf(kindOf(licence)) + 1).padStart(3, '0');
  return certificateId(TYPE_BODY + kindNumber, issuerOf(licence).code, serial, '001');
}

/** The fields map: common labels filled in, own ones by the names of the kind. @throws for a name the kind lacks. */
export function fieldsOf(licence: DemoLicence, period: LicencePeriod): ReadonlyMap<number, FieldValue> {
  const kind = kindOf(licence);
  const validFrom = chinaDate(period.nbf);
  const validTo = lastChinaDay(period.exp);
  const common = {
    holderName: licence.holder.name,
    holderCode: licence.holder.code,
    holderCodeType: licence.holder.codeType,
    certName: kind.names.zh,
    certNo: licence.certNo,
    issuerName: issuerOf(licence).names.zh,
    issueDate: validFrom,
    validFrom,
    validTo,
  };
  const labels = labelsOf(kind);
  const fields = new Map<number, FieldValue>();
  const leftOut = isDelegable(licence) ? LEFT_OUT_WHERE_DELEGABLE : [];
  const put = (name: string, value: FieldValue) => {
    if (leftOut.includes(name)) return;
    const label = labels.get(name);
    if (label === undefined) throw new Error(`${licence.id}: ${licence.kind} has no field ${name}`);
    fields.set(label, value);
  };
  for (const [name, value] of Object.entries(common)) put(name, value);
  for (const [name, value] of Object.entries(licence.own)) {
    put(
      name in common ? `own.${name}` : name,
      typeof value === 'string'
        ? value.replaceAll('{validFrom}', validFrom).replaceAll('{validTo}', validTo)
        : value,
    );
  }
  return fields;
}

function isDelegable(licence: DemoLicence): boolean {
  return DELEGABLE_KINDS.some((kind) => kind === licence.kind);
}

/** The invented body that defined the types of these licences. */
const TYPE_BODY = uscc('11', 'MB9DEM00');

function kindOf(licence: DemoLicence) {
  const kind = DEFAULT_KINDS.find((draft) => draft.id === licence.kind);
  if (!kind) throw new Error(`${licence.id}: no kind ${licence.kind}`);
  return kind;
}
