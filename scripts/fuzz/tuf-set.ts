import { createHash } from 'node:crypto';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import { demoKey } from '../../licence/testing/demo-issuer.ts';
import type { TrustFiles } from '../../licence/trust/tuf.ts';
import { canonicalJson } from './canonical-json.ts';
import { type CborNode, parseTree } from './cbor-tree.ts';
import { isObject, type Json, type JsonObject, parseJson } from './mutate-json.ts';
import { bytesOf, mapOf, textOf } from './tree-reading.ts';
import { writeTree } from './write-tree.ts';

export const ROLES = ['root', 'timestamp', 'snapshot', 'targets'] as const;
export type Role = (typeof ROLES)[number];

const ROLE_KEYS = {
  root: demoKey('root'),
  timestamp: demoKey('timestamp'),
  snapshot: demoKey('snapshot'),
  targets: demoKey('targets'),
} as const satisfies Record<Role, SigningKey>;

/** A whole set of trust files as one input: a CBOR map of file names to bytes, the roles under their own. */
export function packTrustFiles(set: TrustFiles): Uint8Array {
  const files = [...ROLES.map((role) => [role, set[role]] as const), ...set.files];
  return writeTree({
    kind: 'map',
    entries: files.map(([name, bytes]) => ({
      key: { kind: 'text', bytes: new TextEncoder().encode(name) },
      value: { kind: 'bytes', bytes },
    })),
  });
}

/** @throws TypeError for an input that `packTrustFiles` didn't make: the fuzzer's own fault. */
export function unpackTrustFiles(input: Uint8Array): TrustFiles {
  const entries = mapOf(parseTree(input));
  if (!entries) throw new TypeError('not a packed set of trust files');
  const files = new Map(
    entries.map(({ key, value }): [string, Uint8Array] => [textOf(key) ?? '', contentOf(value)]),
  );
  const take = (role: Role) => {
    const bytes = files.get(role) ?? new Uint8Array(0);
    files.delete(role);
    return bytes;
  };
  return {
    root: take('root'),
    timestamp: take('timestamp'),
    snapshot: take('snapshot'),
    targets: take('targets'),
    files,
  };
}

function contentOf(node: CborNode): Uint8Array {
  return bytesOf(node) ?? new Uint8Array(0);
}

/** Signs a role's metadata anew with its true key, where it still has a form that can be signed. */
export function resignRole(role: Role, json: Json): Uint8Array {
  const message = isObject(json) && json.signed !== undefined ? canonicalJson(json.signed) : undefined;
  if (isObject(json) && message !== undefined) {
    const key = ROLE_KEYS[role];
    const sig = Buffer.from(key.sign(Buffer.from(message))).toString('hex');
    json.signatures = [{ keyid: sha256(key.publicKey), sig }];
  }
  return new TextEncoder().encode(JSON.stringify(json));
}

/** Makes the file above name this one, with its length, hash and version. */
export function renamed(above: Uint8Array, name: string, below: Uint8Array): Json | undefined {
  const json = parseJson(above);
  const signed = isObject(json) ? json.signed : undefined;
  const meta = isObject(signed) ? (signed.meta ?? signed.targets) : undefined;
  const entry = isObject(meta) ? meta[name] : undefined;
  if (!json || !isObject(entry)) return undefined;
  entry.length = below.length;
  entry.hashes = { sha256: sha256(below) };
  const version = versionOf(below);
  if (version !== undefined && isObject(signed) && signed.meta) entry.version = version;
  return json;
}

/** Whether the true key of the role signed just this: Ed25519 is deterministic, so signing again tells. */
export function isSignedBy(role: Role, bytes: Uint8Array): boolean {
  const json = parseJson(bytes);
  const message = isObject(json) && json.signed !== undefined ? canonicalJson(json.signed) : undefined;
  if (!isObject(json) || message === undefined || !Array.isArray(json.signatures)) return false;
  const key = ROLE_KEYS[role];
  const sig = Buffer.from(key.sign(Buffer.from(message))).toString('hex');
  return json.signatures.some((one) => isObject(one) && isSignature(one, sig));
}

/** Node reads hex up to the first character that is none, so what follows is no part of the signature. */
function isSignature(one: JsonObject, sig: string): boolean {
  return typeof one.sig === 'string' && Buffer.from(one.sig, 'hex').toString('hex') === sig;
}

export function signedPart(bytes: Uint8Array): JsonObject {
  const json = parseJson(bytes);
  return isObject(json) && isObject(json.signed) ? json.signed : {};
}

function versionOf(bytes: Uint8Array): Json | undefined {
  return signedPart(bytes).version;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
