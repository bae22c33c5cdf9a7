import type { CatalogueField } from '../../licence/trust/catalogue.ts';

/** Applies a field's masking rule (services.md). undefined means it isn't shown at all. */
export function masked(text: string, rule: CatalogueField['show']): string | undefined {
  const value = plain(text);
  switch (rule) {
    case 'whole':
      return value;
    case 'name':
      return maskName(value);
    case 'identifier':
      return maskMiddle(value, 3, 4);
    case 'phone':
      return maskMiddle(value, 3, 4);
    case 'never':
      return undefined;
  }
}

/** Controls and marks that turn the writing direction would let a field look like another, or steer a terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd');
}

/** 张三丰 → 张**, Zhang San → Z********. */
function maskName(name: string): string {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(Math.max(1, rest.length));
}

/** Short values lose everything: three and four characters of eight would leave one to guess. */
function maskMiddle(value: string, head: number, tail: number): string {
  const characters = [...value];
  const hidden = characters.length - head - tail;
  if (hidden < head) return '*'.repeat(characters.length);
  return characters.slice(0, head).join('') + '*'.repeat(hidden) + characters.slice(-tail).join('');
}
