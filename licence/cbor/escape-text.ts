/** A stranger's text as a JSON string has it between its quotes, with nothing in it that doesn't show as itself. */
export function escapeText(text: string): string {
  return escapeUnseen(text.replace(/["\\\n\r\t]/g, (character) => SHORT.get(character) ?? character));
}

/**
 * Escapes what doesn't show as itself: controls (which steer a terminal), marks that turn the writing direction,
 * invisible characters, line separators. JSON stays the same JSON.
 */
export function escapeUnseen(text: string): string {
  return text.replace(UNSEEN, codeUnits);
}

const SHORT = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function codeUnits(character: string): string {
  let escaped = '';
  for (let i = 0; i < character.length; i++) {
    escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
