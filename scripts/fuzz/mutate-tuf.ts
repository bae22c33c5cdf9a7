import type { TrustFiles } from '../../licence/trust/tuf.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { deep, isObject, type Json, mutateJson, mutateValue, parseJson } from './mutate-json.ts';
import type { Random } from './seeded-random.ts';
import { packTrustFiles, ROLES, type Role, renamed, resignRole, unpackTrustFiles } from './tuf-set.ts';

/** How often a file carries what nobody asked for, and what is costly to sign or check. */
const BURDENED = 0.05;

/** Changes one file of a set; mostly signs it anew, and often makes the files above it name it. */
export function mutateTuf(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  const set = unpackTrustFiles(input);
  const donor = unpackTrustFiles(other);
  if (random.chance(0.15)) return packTrustFiles(withTarget(set, random));
  const role = random.pick(ROLES);
  if (random.chance(0.1)) return packTrustFiles({ ...set, [role]: donor[role] });
  const json = parseJson(set[role]);
  if (json === undefined || random.chance(0.2)) {
    return packTrustFiles({ ...set, [role]: mutateJson(set[role], random, donor[role]) });
  }
  const changed = random.chance(BURDENED)
    ? burdened(json, random)
    : mutateValue(json, random, parseJson(donor[role]) ?? null);
  const bytes = random.chance(0.75) ? resignRole(role, changed) : encode(changed);
  const mutated = { ...set, [role]: bytes };
  return packTrustFiles(random.chance(0.75) ? rebound(mutated, role) : mutated);
}

/** A target file changed, and the way up from it made to fit. */
function withTarget(set: TrustFiles, random: Random): TrustFiles {
  const [name, bytes] = random.pick([...set.files]);
  const changed = mutateBytes(bytes, random, bytes);
  const files = new Map([...set.files, [name, changed]]);
  const targets = renamed(set.targets, name, changed);
  if (targets === undefined || random.chance(0.3)) return { ...set, files };
  return rebound({ ...set, files, targets: resignRole('targets', targets) }, 'targets');
}

function rebound(set: TrustFiles, from: Role): TrustFiles {
  let bound = set;
  if (from === 'targets') bound = named(bound, 'snapshot', 'targets.json', bound.targets);
  if (from === 'targets' || from === 'snapshot')
    bound = named(bound, 'timestamp', 'snapshot.json', bound.snapshot);
  return bound;
}

function named(set: TrustFiles, role: Role, name: string, below: Uint8Array): TrustFiles {
  const json = renamed(set[role], name, below);
  return json === undefined ? set : { ...set, [role]: resignRole(role, json) };
}

function burdened(json: Json, random: Random): Json {
  if (isObject(json) && isObject(json.signed)) json.signed.burden = deep(null, random);
  return json;
}

function encode(json: Json): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(json));
}
