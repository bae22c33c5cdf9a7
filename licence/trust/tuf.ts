import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  Metadata,
  MetadataKind,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from '@tufjs/models';
// the package's index doesn't hand its error classes on
import { LengthOrHashMismatchError, UnsignedMetadataError } from '@tufjs/models/dist/error.js';

/**
 * The checks of The Update Framework's client workflow (§5.3-5.7 of its specification) as pure functions over the
 * files' bytes. Fetching, storing and version floors belong to the sync agent.
 */
export interface TrustFiles {
  readonly root: Uint8Array;
  readonly timestamp: Uint8Array;
  readonly snapshot: Uint8Array;
  readonly targets: Uint8Array;
  /** Target files by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export interface TrustVersions {
  readonly root: number;
  readonly timestamp: number;
  readonly snapshot: number;
  readonly targets: number;
}

export interface TargetInfo {
  readonly name: string;
  readonly length: number;
  readonly sha256: string;
}

export type TufFault = { readonly ok: false; readonly fault: TufFaultName; readonly detail: string };
export type TufFaultName = 'malformed' | 'not-signed' | 'rollback' | 'mix-and-match' | 'expired';

/** Largest metadata file a terminal reads. */
export const MAX_METADATA_BYTES = 256 * 1024;

/** SHA-256 of the first root, cut to 16 bytes: what an enrolment code carries. */
export function rootFingerprint(root: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(root).digest().subarray(0, 16));
}

/** Checks a root against itself, as the very first one is (its hash came with the enrolment code). */
export function openRoot(bytes: Uint8Array): { readonly ok: true; readonly version: number } | TufFault {
  return guarded(() => {
    const root = readRoot(bytes);
    root.verifyDelegate('root', root);
    return { ok: true, version: root.signed.version };
  });
}

/** §5.3: root N+1 must be signed by the thresholds of N and of itself, and be N+1 exactly. */
export function nextRoot(
  current: Uint8Array,
  next: Uint8Array,
): { readonly ok: true; readonly version: number } | TufFault {
  return guarded(() => {
    const trusted = readRoot(current);
    const candidate = readRoot(next);
    trusted.verifyDelegate('root', candidate);
    candidate.verifyDelegate('root', candidate);
    if (candidate.signed.version !== trusted.signed.version + 1) {
      return fault('rollback', `root ${candidate.signed.version} after ${trusted.signed.version}`);
    }
    return { ok: true, version: candidate.signed.version };
  });
}

/** §5.4: which snapshot a timestamp names. */
export function openTimestamp(
  root: Uint8Array,
  timestamp: Uint8Array,
): { readonly ok: true; readonly version: number; readonly snapshotVersion: number } | TufFault {
  return guarded(() => {
    const read = readTimestamp(timestamp);
    readRoot(root).verifyDelegate('timestamp', read);
    return { ok: true, version: read.signed.version, snapshotVersion: read.signed.snapshotMeta.version };
  });
}

/** §5.5: which targets metadata a snapshot names. */
export function openSnapshot(
  root: Uint8Array,
  snapshot: Uint8Array,
): { readonly ok: true; readonly version: number; readonly targetsVersion: number } | TufFault {
  return guarded(() => {
    const read = readSnapshot(snapshot);
    readRoot(root).verifyDelegate('snapshot', read);
    const meta = read.signed.meta['targets.json'];
    if (!meta) return fault('mix-and-match', 'the snapshot names no targets.json');
    return { ok: true, version: read.signed.version, targetsVersion: meta.version };
  });
}

/** §5.6: which target files there are. */
export function openTargets(
  root: Uint8Array,
  targets: Uint8Array,
): { readonly ok: true; readonly version: number; readonly targets: readonly TargetInfo[] } | TufFault {
  return guarded(() => {
    const read = readTargets(targets);
    readRoot(root).verifyDelegate('targets', read);
    const infos: TargetInfo[] = [];
    for (const [name, file] of Object.entries(read.signed.targets)) {
      const sha256 = file.hashes.sha256;
      if (!sha256) return fault('malformed', `${name} has no sha256`);
      infos.push({ name, length: file.length, sha256 });
    }
    return { ok: true, version: read.signed.version, targets: infos };
  });
}

export type OpenedTrustFiles =
  | {
      readonly ok: true;
      readonly versions: TrustVersions;
      /** Earliest expiry of the four roles, unix ms. */
      readonly expires: number;
      readonly files: ReadonlyMap<string, Uint8Array>;
    }
  | TufFault;

/**
 * Checks a whole set at once: signatures from the root down, each version the one the file above names, no version
 * below its floor, every target of the right length and hash. Expiry is reported, not judged.
 */
export function openTrustFiles(set: TrustFiles, floors?: TrustVersions): OpenedTrustFiles {
  return guarded(() => {
    const root = readRoot(set.root);
    const timestamp = readTimestamp(set.timestamp);
    const snapshot = readSnapshot(set.snapshot);
    const targets = readTargets(set.targets);
    root.verifyDelegate('root', root);
    root.verifyDelegate('timestamp', timestamp);
    root.verifyDelegate('snapshot', snapshot);
    root.verifyDelegate('targets', targets);
    const versions = {
      root: root.signed.version,
      timestamp: timestamp.signed.version,
      snapshot: snapshot.signed.version,
      targets: targets.signed.version,
    };
    if (timestamp.signed.snapshotMeta.version !== versions.snapshot) return mixed('snapshot');
    timestamp.signed.snapshotMeta.verify(Buffer.from(set.snapshot));
    const targetsMeta = snapshot.signed.meta['targets.json'];
    if (targetsMeta?.version !== versions.targets) return mixed('targets');
    targetsMeta.verify(Buffer.from(set.targets));
    const behind = floors && roles.find((role) => versions[role] < floors[role]);
    if (floors && behind) {
      return fault('rollback', `${behind} ${versions[behind]} after ${floors[behind]}`);
    }
    const files = new Map<string, Uint8Array>();
    for (const [name, info] of Object.entries(targets.signed.targets)) {
      const bytes = set.files.get(name);
      const sha256 = bytes && createHash('sha256').update(bytes).digest('hex');
      if (!bytes || bytes.length !== info.length || sha256 !== info.hashes.sha256)
        return mixed(`target ${name}`);
      files.set(name, bytes);
    }
    const expires = Math.min(
      ...[root, timestamp, snapshot, targets].map((role) => Date.parse(role.signed.expires)),
    );
    return { ok: true, versions, expires, files };
  });
}

const roles = ['root', 'timestamp', 'snapshot', 'targets'] as const;

function readRoot(bytes: Uint8Array): Metadata<Root> {
  const json = parse(bytes);
  return asSigned(Metadata.fromJSON(MetadataKind.Root, json), json);
}

function readTimestamp(bytes: Uint8Array): Metadata<Timestamp> {
  const json = parse(bytes);
  return asSigned(Metadata.fromJSON(MetadataKind.Timestamp, json), json);
}

function readSnapshot(bytes: Uint8Array): Metadata<Snapshot> {
  const json = parse(bytes);
  return asSigned(Metadata.fromJSON(MetadataKind.Snapshot, json), json);
}

function readTargets(bytes: Uint8Array): Metadata<Targets> {
  const json = parse(bytes);
  return asSigned(Metadata.fromJSON(MetadataKind.Targets, json), json);
}

type Json = Parameters<typeof Metadata.fromJSON>[1];

function parse(bytes: Uint8Array): Json {
  if (bytes.length > MAX_METADATA_BYTES) throw new TypeError('metadata file too large');
  const json: Json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  if (isDeeper(json, MAX_METADATA_DEPTH)) throw new TypeError('metadata nested too deep');
  return json;
}

/** The deepest metadata needs six; tufjs takes the square of it. */
const MAX_METADATA_DEPTH = 16;

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((part) => isDeeper(part, depth - 1));
}

/** tufjs checks the signature of what it understood, not of what came: nothing may have been dropped or filled in. */
function asSigned<T extends Root | Timestamp | Snapshot | Targets>(
  metadata: Metadata<T>,
  json: Json,
): Metadata<T> {
  if (!isDeepStrictEqual(metadata.signed.toJSON(), json.signed)) {
    throw new TypeError('metadata with parts that no signature covers');
  }
  // one no store could hold would stop whoever pins it
  if (!Number.isSafeInteger(metadata.signed.version) || metadata.signed.version < 1) {
    throw new TypeError('a version that is no positive integer');
  }
  return metadata;
}

function mixed(what: string): TufFault {
  return fault('mix-and-match', `${what} is not the one the metadata names`);
}

function fault(name: TufFaultName, detail: string): TufFault {
  return { ok: false, fault: name, detail };
}

/** tufjs throws for what doesn't parse, isn't signed or isn't the file named above it; here that is a value. */
function guarded<T>(check: () => T): T | TufFault {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof UnsignedMetadataError) return fault('not-signed', error.message);
    if (error instanceof LengthOrHashMismatchError) return fault('mix-and-match', error.message);
    return fault('malformed', error.message);
  }
}
