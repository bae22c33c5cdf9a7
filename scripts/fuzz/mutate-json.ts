import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './seeded-random.ts';

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Changes JSON text: mostly a value in its tree, sometimes a number's spelling, sometimes any byte. */
export function mutateJson(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  const parsed = random.chance(0.15) ? undefined : parseJson(input);
  if (parsed === undefined) return mutateBytes(input, random, other);
  const text = JSON.stringify(mutateValue(parsed, random, parseJson(other) ?? null));
  return new TextEncoder().encode(random.chance(0.1) ? respelled(text, random) : text);
}

/** Changes one value of the tree. */
export function mutateValue(root: Json, random: Random, other: Json): Json {
  const holder: { root: Json } = { root };
  const slots = slotsOf(holder.root, (value) => {
    holder.root = value;
  });
  const { value, put, drop, rename } = random.pick(slots);
  const donor = () =>
    structuredClone(random.pick(slotsOf(random.chance(0.5) ? root : other, () => undefined)).value);
  switch (random.below(8)) {
    case 0:
      drop();
      break;
    case 1:
      rename(random.pick(TEXTS));
      break;
    case 2:
      put(donor());
      break;
    case 3:
      put(deep(value, random));
      break;
    case 4:
      if (Array.isArray(value)) value.push(...Array.from({ length: random.pick([1, 2, 70, 600]) }, donor));
      else if (isObject(value)) {
        define(value, random.pick(TEXTS), random.chance(0.3) ? deep(null, random) : donor());
      } else put(random.pick(VALUES));
      break;
    case 5:
      put(random.pick(VALUES));
      break;
    default:
      put(changed(value, random));
  }
  return holder.root;
}

interface Slot {
  readonly value: Json;
  put(value: Json): void;
  drop(): void;
  rename(key: string): void;
}

/** About as much as a metadata file may have. */
const LONGEST_TEXT = 240 * 1024;

const TEXTS = [
  ...[
    '',
    'a',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'length',
    '0',
    '-1',
    'sha256',
    'signed',
  ],
  ...[
    'targets.json',
    'snapshot.json',
    'root',
    'timestamp',
    '../../x',
    'ed25519',
    'rsa',
    'ecdsa',
    '1.0',
    '2.0.0',
  ],
  ...[
    '9999-12-31T23:59:59Z',
    '1970-01-01T00:00:00Z',
    '2026-13-01T00:00:00Z',
    'now',
    '+275760-09-14T00:00:00Z',
  ],
  ...['\u0000', '\ud800', '\ufeff', '张', 'x'.repeat(3000)],
];
const VALUES: readonly Json[] = [
  ...[null, true, false, 0, 1, -1, 1.5, 2, 3, 2 ** 31, 2 ** 53, 2 ** 53 - 1, 1e300, -0, [], {}, [[]], ''],
  ...TEXTS,
];

function slotsOf(
  value: Json,
  put: Slot['put'],
  slots: Slot[] = [{ value, put, drop: nothing, rename: nothing }],
): Slot[] {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      const here = (changed: Json) => {
        value[i] = changed;
      };
      slots.push({ value: item, put: here, drop: () => void value.splice(i, 1), rename: nothing });
      slotsOf(item, here, slots);
    });
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const here = (changed: Json) => define(value, key, changed);
      const drop = () => {
        delete value[key];
      };
      const rename = (name: string) => {
        drop();
        define(value, name, item);
      };
      slots.push({ value: item, put: here, drop, rename });
      slotsOf(item, here, slots);
    }
  }
  return slots;
}

function nothing(): void {
  // a root has no name and can't be taken out of anything
}

/** As JSON.parse does it: `__proto__` is a name like any other. */
function define(object: JsonObject, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function changed(value: Json, random: Random): Json {
  switch (typeof value) {
    case 'number':
      return value + random.pick([-1, 1, 0.5, 60, -60, 2 ** 32]);
    case 'string': {
      const bytes = mutateBytes(Buffer.from(value), random, Buffer.from(random.pick(TEXTS)));
      return Buffer.from(bytes).toString('utf8');
    }
    case 'boolean':
      return !value;
    default:
      return random.pick(VALUES);
  }
}

/** Deep, and sometimes long as well: together they may cost the square. */
export function deep(value: Json, random: Random): Json {
  const inner = random.chance(0.3) ? 'x'.repeat(random.below(LONGEST_TEXT)) : value;
  return nested(inner, random.pick([1, 2, 30, 1000, 3000]));
}

function nested(value: Json, levels: number): Json {
  let outer = value;
  for (let i = 0; i < levels; i++) outer = i % 2 === 0 ? [outer] : { a: outer };
  return outer;
}

/** Spellings of numbers and keys that JSON.stringify has no use for. */
function respelled(text: string, random: Random): string {
  const spelling = random.pick(['1e0', '1.0', '1e400', '-0', '01', '1E+2', '0.1e1', '9'.repeat(400), 'NaN']);
  const numbers = [...text.matchAll(/-?\d+/g)];
  const one = numbers.length > 0 ? random.pick(numbers) : undefined;
  if (!one || random.chance(0.2)) return text.replace('{', '{ "version" : 7 ,\n');
  return text.slice(0, one.index) + spelling + text.slice(one.index + one[0].length);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseJson(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
