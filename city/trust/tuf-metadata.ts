import { createHash } from 'node:crypto';
import {
  Key,
  Metadata,
  MetaFile,
  Root,
  Signature,
  Snapshot,
  TargetFile,
  Targets,
  Timestamp,
} from '@tufjs/models';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import type { RoleKeys } from '../keys/city-key-set.ts';

/**
 * The four files of The Update Framework as signed bytes, with consistent snapshots. Pure: version and time come in,
 * bytes go out; the terminal's side of them is `licence/trust/tuf.ts`.
 */
export interface Stamp {
  readonly version: number;
  /** unix ms at which it is signed */
  readonly now: number;
}

/** A metadata file that another one names. */
export interface NamedFile {
  readonly version: number;
  readonly bytes: Uint8Array;
}

const DAY_MS = 86_400_000;
/** How long each role's signature holds. */
export const LIFETIME_MS = {
  root: 10 * 365 * DAY_MS,
  targets: 365 * DAY_MS,
  snapshot: 365 * DAY_MS,
  timestamp: 7 * DAY_MS,
} as const;

export function signRoot(keys: RoleKeys, stamp: Stamp): Uint8Array {
  const root = new Root({ ...common(stamp, LIFETIME_MS.root), consistentSnapshot: true });
  root.addKey(tufKey(keys.root), 'root');
  root.addKey(tufKey(keys.targets), 'targets');
  root.addKey(tufKey(keys.snapshot), 'snapshot');
  root.addKey(tufKey(keys.timestamp), 'timestamp');
  return signed(new Metadata(root), keys.root);
}

export function signTargets(
  keys: RoleKeys,
  files: ReadonlyMap<string, Uint8Array>,
  stamp: Stamp,
): Uint8Array {
  const targets = new Targets(common(stamp, LIFETIME_MS.targets));
  for (const [path, bytes] of files) {
    targets.addTarget(new TargetFile({ path, length: bytes.length, hashes: { sha256: sha256Hex(bytes) } }));
  }
  return signed(new Metadata(targets), keys.targets);
}

export function signSnapshot(keys: RoleKeys, targets: NamedFile, stamp: Stamp): Uint8Array {
  const snapshot = new Snapshot({
    ...common(stamp, LIFETIME_MS.snapshot),
    meta: { 'targets.json': metaFile(targets) },
  });
  return signed(new Metadata(snapshot), keys.snapshot);
}

export function signTimestamp(keys: RoleKeys, snapshot: NamedFile, stamp: Stamp): Uint8Array {
  const timestamp = new Timestamp({
    ...common(stamp, LIFETIME_MS.timestamp),
    snapshotMeta: metaFile(snapshot),
  });
  return signed(new Metadata(timestamp), keys.timestamp);
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The key's id in TUF: SHA-256 of its canonical JSON, which for these members is also what `JSON.stringify` writes. */
export function tufKeyId(publicKey: Uint8Array): string {
  const keyval = { public: Buffer.from(publicKey).toString('hex') };
  return sha256Hex(Buffer.from(JSON.stringify({ keytype: 'ed25519', keyval, scheme: 'ed25519' })));
}

function tufKey({ publicKey }: SigningKey): Key {
  return new Key({
    keyID: tufKeyId(publicKey),
    keyType: 'ed25519',
    scheme: 'ed25519',
    keyVal: { public: Buffer.from(publicKey).toString('hex') },
  });
}

const SPECIFICATION = '1.0.31';

function common({ version, now }: Stamp, lifetimeMs: number) {
  // the specification's times have whole seconds
  const expires = new Date(now + lifetimeMs).toISOString().replace(/\.\d+Z$/, 'Z');
  return { version, specVersion: SPECIFICATION, expires };
}

function metaFile({ version, bytes }: NamedFile): MetaFile {
  return new MetaFile({ version, length: bytes.length, hashes: { sha256: sha256Hex(bytes) } });
}

function signed(metadata: Metadata<Root | Targets | Snapshot | Timestamp>, key: SigningKey): Uint8Array {
  metadata.sign(
    (bytes) =>
      new Signature({
        keyID: tufKeyId(key.publicKey),
        sig: Buffer.from(key.sign(bytes)).toString('hex'),
      }),
  );
  return new Uint8Array(Buffer.from(JSON.stringify(metadata.toJSON())));
}
