/** The part of CDDL (RFC 8610) that the document uses. */
export type CddlType =
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: number | string }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'choice'; readonly of: readonly CddlType[] }
  | { readonly kind: 'map' | 'array'; readonly entries: readonly CddlEntry[] }
  | { readonly kind: 'tag'; readonly tag: number; readonly type: CddlType }
  | { readonly kind: 'control'; readonly type: CddlType; readonly operator: string; readonly by: CddlType };

export interface CddlEntry {
  readonly min: number;
  readonly max: number;
  /** Of a map. */
  readonly key?: CddlType;
  readonly type: CddlType;
}

export type CddlRules = ReadonlyMap<string, CddlType>;

/** Names the standard defines itself (its appendix D). */
export const PRELUDE: ReadonlySet<string> = new Set(
  (
    'any uint nint int bstr bytes tstr text tdate time number biguint bignint bigint integer unsigned decfrac ' +
    'bigfloat eb64url eb64legacy eb16 encoded-cbor uri b64url b64legacy regexp mime-message cbor-any float16 ' +
    'float32 float64 float16-32 float32-64 float false true bool nil null undefined'
  ).split(' '),
);

/** @throws SyntaxError for text outside that part, or a rule that stands twice. */
export function parseCddl(text: string): CddlRules {
  const tokens = (text.replace(/;.*$/gm, '').match(TOKEN) ?? []) as string[];
  const rules = new Map<string, CddlType>();
  while (tokens.length > 0) {
    const name = take(tokens);
    expectToken(tokens, '=');
    if (rules.has(name)) throw new SyntaxError(`${name} stands twice`);
    rules.set(name, parseType(tokens));
  }
  return rules;
}

/** Names that a type refers to, itself not among them. */
export function referencesOf(type: CddlType): readonly string[] {
  switch (type.kind) {
    case 'rule':
      return [type.name];
    case 'literal':
    case 'range':
      return [];
    case 'choice':
      return type.of.flatMap(referencesOf);
    case 'map':
    case 'array':
      return type.entries.flatMap((entry) => [
        ...(entry.key ? referencesOf(entry.key) : []),
        ...referencesOf(entry.type),
      ]);
    case 'tag':
      return referencesOf(type.type);
    case 'control':
      return [...referencesOf(type.type), ...referencesOf(type.by)];
  }
}

/** What is none of these becomes a token of its own, which nothing expects. */
const TOKEN = /"[^"]*"|#6\.\d+|\.\.|\.[a-z]+|=>|\d*\*\d*|-?\d+|[A-Za-z][\w-]*|\S/g;

function parseType(tokens: string[]): CddlType {
  const of = [parseControlled(tokens)];
  while (skip(tokens, '/')) of.push(parseControlled(tokens));
  const [only] = of;
  return only && of.length === 1 ? only : { kind: 'choice', of };
}

function parseControlled(tokens: string[]): CddlType {
  const type = parsePlain(tokens);
  if (!/^\.[a-z]/.test(tokens[0] ?? '')) return type;
  return { kind: 'control', type, operator: take(tokens), by: parsePlain(tokens) };
}

function parsePlain(tokens: string[]): CddlType {
  const token = take(tokens);
  if (token === '{') return { kind: 'map', entries: parseEntries(tokens, '}') };
  if (token === '[') return { kind: 'array', entries: parseEntries(tokens, ']') };
  if (token === '(') return parseInParentheses(tokens);
  if (token.startsWith('#6.')) {
    expectToken(tokens, '(');
    return { kind: 'tag', tag: Number(token.slice(3)), type: parseInParentheses(tokens) };
  }
  if (token.startsWith('"')) return { kind: 'literal', value: token.slice(1, -1) };
  if (/^[A-Za-z]/.test(token)) return { kind: 'rule', name: token };
  if (!/^-?\d+$/.test(token)) throw new SyntaxError(`${token} where a type was expected`);
  return skip(tokens, '..')
    ? { kind: 'range', from: Number(token), to: Number(take(tokens)) }
    : { kind: 'literal', value: Number(token) };
}

function parseInParentheses(tokens: string[]): CddlType {
  const type = parseType(tokens);
  expectToken(tokens, ')');
  return type;
}

function parseEntries(tokens: string[], end: string): readonly CddlEntry[] {
  const entries: CddlEntry[] = [];
  while (!skip(tokens, end)) {
    entries.push(parseEntry(tokens));
    if (tokens[0] !== end) expectToken(tokens, ',');
  }
  return entries;
}

function parseEntry(tokens: string[]): CddlEntry {
  const occurs = parseOccurrence(tokens);
  if (tokens[1] === ':') {
    const name = take(tokens);
    expectToken(tokens, ':');
    const value = /^-?\d/.test(name) ? Number(name) : name.replaceAll('"', '');
    return { ...occurs, key: { kind: 'literal', value }, type: parseType(tokens) };
  }
  const first = parseType(tokens);
  return skip(tokens, '=>') ? { ...occurs, key: first, type: parseType(tokens) } : { ...occurs, type: first };
}

function parseOccurrence(tokens: string[]): Pick<CddlEntry, 'min' | 'max'> {
  if (skip(tokens, '?')) return { min: 0, max: 1 };
  if (skip(tokens, '+')) return { min: 1, max: Number.POSITIVE_INFINITY };
  const [, min, max] = /^(\d*)\*(\d*)$/.exec(tokens[0] ?? '') ?? [];
  if (min === undefined) return { min: 1, max: 1 };
  take(tokens);
  return { min: Number(min), max: max ? Number(max) : Number.POSITIVE_INFINITY };
}

function take(tokens: string[]): string {
  return tokens.shift() ?? '';
}

/** Takes the token if it is the next. */
function skip(tokens: string[], token: string): boolean {
  if (tokens[0] !== token) return false;
  tokens.shift();
  return true;
}

function expectToken(tokens: string[], token: string): void {
  if (!skip(tokens, token)) throw new SyntaxError(`${tokens[0]} where ${token} was expected`);
}
