import { isObject, type Json } from './mutate-json.ts';

/**
 * Canonical JSON (OLPC; §4.2 of the TUF specification): sorted names, no white space, only `"` and `\` escaped. It is
 * what signatures of trust metadata are over. @returns undefined for a fraction, which it has no form for.
 */
export function canonicalJson(value: Json): string | undefined {
  const parts: string[] = [];
  return write(value, parts) ? parts.join('') : undefined;
}

/** Into one list, since joining at each level would take the square of the depth. */
function write(value: Json, parts: string[]): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && parts.push(JSON.stringify(value)) > 0;
  if (typeof value === 'string') return parts.push(quoted(value)) > 0;
  if (!Array.isArray(value) && !isObject(value)) return parts.push(JSON.stringify(value)) > 0;
  const isList = Array.isArray(value);
  parts.push(isList ? '[' : '{');
  const members = isList
    ? value.map((item) => ['', item] as const)
    : Object.keys(value)
        .sort()
        .map((name) => [`${quoted(name)}:`, value[name] ?? null] as const);
  const written = members.every(([name, member], i) => {
    parts.push(i > 0 ? ',' : '', name);
    return write(member, parts);
  });
  parts.push(isList ? ']' : '}');
  return written;
}

function quoted(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}
