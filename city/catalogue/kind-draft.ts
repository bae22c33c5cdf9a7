import { COMMON_LABEL } from '../../licence/field-label.ts';
import type { CatalogueField, CatalogueKind } from '../../licence/trust/catalogue.ts';

/** How a kind is written down here: own fields by name, so that labels follow from their order (services.md). */
export interface KindDraft {
  readonly id: string;
  readonly names: { readonly zh: string; readonly en: string };
  /** A person's name and numbers are shown masked; a legal person's are public and shown whole. */
  readonly holder: 'person' | 'legal-person';
  /** Name of the field → [zh, en, how it is shown]; the first gets label 20, the next 21, and so on. */
  readonly own: Readonly<Record<string, readonly [zh: string, en: string, show: CatalogueField['show']]>>;
}

/** A kind's own labels count up from here. */
export const FIRST_OWN_LABEL = 20;

/** @returns the label of each field of a kind, common ones included; an own field is named as services.md names it. */
export function labelsOf(draft: KindDraft): ReadonlyMap<string, number> {
  const own = Object.keys(draft.own).map((name, index) => [name, FIRST_OWN_LABEL + index] as const);
  // birth-certificate has a certNo of its own beside the common one: the own one is then `own.certNo`
  const names = own.map(([name, label]) => [name in COMMON_LABEL ? `own.${name}` : name, label] as const);
  return new Map([...Object.entries(COMMON_LABEL), ...names]);
}

/** The kind as the catalogue carries it. */
export function toCatalogueKind(draft: KindDraft): CatalogueKind {
  const own = Object.values(draft.own).map(([zh, en, show], index) => ({
    label: FIRST_OWN_LABEL + index,
    names: { zh, en },
    show,
  }));
  return { id: draft.id, names: draft.names, fields: [...commonFields(draft.holder), ...own] };
}

function commonFields(holder: KindDraft['holder']): CatalogueField[] {
  const person = holder === 'person';
  return [
    {
      label: COMMON_LABEL.holderName,
      names: { zh: '持证者名称', en: 'Holder' },
      show: person ? 'name' : 'whole',
    },
    {
      label: COMMON_LABEL.holderCode,
      names: { zh: '持证者代码', en: "Holder's number" },
      show: person ? 'identifier' : 'whole',
    },
    {
      label: COMMON_LABEL.holderCodeType,
      names: { zh: '持证者代码类型', en: 'Type of number' },
      show: 'never',
    },
    { label: COMMON_LABEL.certName, names: { zh: '证照名称', en: 'Licence' }, show: 'whole' },
    {
      label: COMMON_LABEL.certNo,
      names: { zh: '证照编号', en: 'Licence number' },
      show: person ? 'identifier' : 'whole',
    },
    { label: COMMON_LABEL.issuerName, names: { zh: '发证机关', en: 'Issued by' }, show: 'whole' },
    { label: COMMON_LABEL.issueDate, names: { zh: '发证日期', en: 'Issued on' }, show: 'whole' },
    { label: COMMON_LABEL.validFrom, names: { zh: '有效期起始日期', en: 'Valid from' }, show: 'whole' },
    { label: COMMON_LABEL.validTo, names: { zh: '有效期截止日期', en: 'Valid to' }, show: 'whole' },
  ];
}
