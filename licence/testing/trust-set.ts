import { createHash } from 'node:crypto';
import { Metadata, MetadataKind, Signature } from '@tufjs/models';
import type { SigningKey } from '../issue/signing-key.ts';
import type { TrustFiles } from '../trust/tuf.ts';
import { DAY, demoKey, NOW } from './demo-issuer.ts';

/*
 * Trust metadata of The Update Framework, written out as the JSON it is, so that a test can say a wrong thing and still
 * have it properly signed.
 */

/** A signed file that another names. */
export interface NamedFile {
  readonly version: number;
  readonly bytes: Uint8Array;
}

export interface Stamp {
  readonly version?: number;
  /** unix seconds */
  readonly expires?: number;
}

export interface RootPlan extends Stamp {
  /** Names of the root role's keys. */
  readonly keys?: readonly string[];
  /** How many of them must sign. */
  readonly threshold?: number;
  /** Names of those who do; all of them, if not said. */
  readonly signers?: readonly string[];
}

/** A root whose other roles are signed by the keys named after them. */
export function demoRoot(plan: RootPlan = {}): Uint8Array {
  const rootKeys = (plan.keys ?? ['root']).map(demoKey);
  const roleKeys = ['timestamp', 'snapshot', 'targets'].map((role) => [role, demoKey(role)] as const);
  const all = [...rootKeys, ...roleKeys.map(([, key]) => key)];
  const body = {
    consistent_snapshot: true,
    keys: Object.fromEntries(all.map((key) => [keyId(key), keyJson(key)])),
    roles: {
      root: { keyids: rootKeys.map(keyId), threshold: plan.threshold ?? 1 },
      ...Object.fromEntries(roleKeys.map(([role, key]) => [role, { keyids: [keyId(key)], threshold: 1 }])),
    },
  };
  const signers = plan.signers?.map(demoKey) ?? rootKeys;
  return signed(MetadataKind.Root, body, plan, signers);
}

export function demoTimestamp(
  snapshot: NamedFile,
  stamp: Stamp = {},
  signer: SigningKey = demoKey('timestamp'),
): Uint8Array {
  return signed(MetadataKind.Timestamp, { meta: { 'snapshot.json': named(snapshot) } }, stamp, [signer]);
}

export function demoSnapshot(
  targets: NamedFile,
  stamp: Stamp = {},
  signer: SigningKey = demoKey('snapshot'),
): Uint8Array {
  return signed(MetadataKind.Snapshot, { meta: { 'targets.json': named(targets) } }, stamp, [signer]);
}

export function demoTargets(
  files: ReadonlyMap<string, Uint8Array>,
  stamp: Stamp = {},
  signer: SigningKey = demoKey('targets'),
): Uint8Array {
  const targets = Object.fromEntries(
    [...files].map(([name, bytes]) => [name, { length: bytes.length, hashes: { sha256: sha256(bytes) } }]),
  );
  return signed(MetadataKind.Targets, { targets }, stamp, [signer]);
}

/** A set in which every file is the one the file above names; all metadata but the root carry `version`. */
export function demoTrustSet(
  files: ReadonlyMap<string, Uint8Array>,
  version = 1,
  expires: Partial<Record<'root' | 'timestamp' | 'snapshot' | 'targets', number>> = {},
): TrustFiles {
  const stamp = (role: keyof typeof expires): Stamp => {
    const at = expires[role];
    return at === undefined ? { version } : { version, expires: at };
  };
  const targets = demoTargets(files, stamp('targets'));
  const snapshot = demoSnapshot({ version, bytes: targets }, stamp('snapshot'));
  const timestamp = demoTimestamp({ version, bytes: snapshot }, stamp('timestamp'));
  return { root: demoRoot({ ...stamp('root'), version: 1 }), timestamp, snapshot, targets, files };
}

function named({ version, bytes }: NamedFile) {
  return { version, length: bytes.length, hashes: { sha256: sha256(bytes) } };
}

function signed(kind: MetadataKind, body: object, stamp: Stamp, signers: readonly SigningKey[]): Uint8Array {
  const expires = new Date((stamp.expires ?? NOW + 7 * DAY) * 1000).toISOString().replace('.000Z', 'Z');
  const common = { _type: kind, spec_version: '1.0.31', version: stamp.version ?? 1, expires };
  const metadata = read(kind, { signed: { ...common, ...body }, signatures: [] });
  for (const key of signers) {
    metadata.sign((bytes) => {
      return new Signature({ keyID: keyId(key), sig: Buffer.from(key.sign(bytes)).toString('hex') });
    });
  }
  return new Uint8Array(Buffer.from(JSON.stringify(metadata.toJSON())));
}

/** `Metadata.fromJSON` is overloaded per kind. */
function read(kind: MetadataKind, json: Parameters<typeof Metadata.fromJSON>[1]) {
  switch (kind) {
    case MetadataKind.Root:
      return Metadata.fromJSON(kind, json);
    case MetadataKind.Timestamp:
      return Metadata.fromJSON(kind, json);
    case MetadataKind.Snapshot:
      return Metadata.fromJSON(kind, json);
    case MetadataKind.Targets:
      return Metadata.fromJSON(kind, json);
  }
}

/** Any stable name will do. */
function keyId(key: SigningKey): string {
  return sha256(key.publicKey);
}

function keyJson(key: SigningKey) {
  const keyval = { public: Buffer.from(key.publicKey).toString('hex') };
  return { keytype: 'ed25519', scheme: 'ed25519', keyval };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
