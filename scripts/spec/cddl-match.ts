import { type CborValue, decodeCbor, TaggedSign1 } from '../../licence/cbor/decode.ts';
import { HEADER } from '../../licence/cose/sign1.ts';
import type { CddlEntry, CddlRules, CddlType } from './cddl.ts';

/** Whether a value is what a rule describes. Maps and arrays are matched in order, without going back. */
export function matchesCddl(value: CborValue, type: CddlType, rules: CddlRules): boolean {
  switch (type.kind) {
    case 'rule':
      return matchesRule(value, type.name, rules);
    case 'literal':
      return value === type.value;
    case 'range':
      return Number.isInteger(value) && type.from <= Number(value) && Number(value) <= type.to;
    case 'choice':
      return type.of.some((one) => matchesCddl(value, one, rules));
    case 'map':
      return value instanceof Map && matchesMap(value, type.entries, rules);
    case 'array':
      return Array.isArray(value) && matchesArray(value, type.entries, rules);
    case 'tag':
      return value instanceof TaggedSign1 && type.tag === 18 && matchesCddl(value.value, type.type, rules);
    case 'control':
      return matchesCddl(value, type.type, rules) && isControlled(value, type.operator, type.by, rules);
  }
}

/** The bytes of an object of the document as a value; undefined where they are no CBOR of the profile. */
export function readValue(bytes: Uint8Array): CborValue | undefined {
  const maxBytes = bytes.length;
  const tag18 = bytes[0] === TAG_18 ? 'top' : [HEADER.kcwt, HEADER.delegation];
  const decoded = decodeCbor(bytes, { maxBytes, maxDepth: 16, maxItems: 1000, tag18, sortedKeys: false });
  return decoded.ok ? decoded.value : undefined;
}

const TAG_18 = 0xd2;

function matchesRule(value: CborValue, name: string, rules: CddlRules): boolean {
  const rule = rules.get(name);
  if (rule) return matchesCddl(value, rule, rules);
  switch (name) {
    case 'any':
      return true;
    case 'bool':
      return typeof value === 'boolean';
    case 'bstr':
      return value instanceof Uint8Array;
    case 'int':
      return Number.isInteger(value);
    case 'tstr':
      return typeof value === 'string';
    case 'uint':
      return Number.isInteger(value) && Number(value) >= 0;
    default:
      throw new Error(`no rule ${name}`);
  }
}

function isControlled(value: CborValue, operator: string, by: CddlType, rules: CddlRules): boolean {
  switch (operator) {
    case '.size':
      return matchesCddl(Buffer.from(value as string | Uint8Array).length, by, rules);
    case '.regexp':
      return by.kind === 'literal' && new RegExp(`^(?:${by.value})$`).test(String(value));
    case '.cbor': {
      const inner = readValue(value as Uint8Array);
      return inner !== undefined && matchesCddl(inner, by, rules);
    }
    default:
      throw new Error(`no control operator ${operator}`);
  }
}

/** A key that one entry names is never taken by a later, wider one: the cut of `:` (RFC 8610 §3.5.4). */
function matchesMap(
  map: ReadonlyMap<number | string, CborValue>,
  entries: readonly CddlEntry[],
  rules: CddlRules,
): boolean {
  const left = new Map(map);
  for (const { min, max, key, type } of entries) {
    const taken = [...left].filter(([name]) => key && matchesCddl(name, key, rules));
    if (taken.length < min || taken.length > max) return false;
    for (const [name, item] of taken) {
      if (!matchesCddl(item, type, rules)) return false;
      left.delete(name);
    }
  }
  return left.size === 0;
}

function matchesArray(items: readonly CborValue[], entries: readonly CddlEntry[], rules: CddlRules): boolean {
  let at = 0;
  for (const { min, max, type } of entries) {
    let count = 0;
    for (let item = items[at]; item !== undefined && count < max && matchesCddl(item, type, rules); ) {
      count += 1;
      at += 1;
      item = items[at];
    }
    if (count < min) return false;
  }
  return at === items.length;
}
