/**
 * JSON text that can be printed as it is: what could steer the screen or reorder the line stands escaped, and the value
 * is the same. JSON.stringify alone leaves DEL, C1 (among them U+009B, a CSI) and the bidi controls.
 */
export function inert(json: string): string {
  return json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (steering) =>
    Array.from({ length: steering.length }, (_, i) => escaped(steering.charCodeAt(i))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
