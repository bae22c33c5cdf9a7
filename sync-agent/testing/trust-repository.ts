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
import { generateSigningKey, type SigningKey } from '../../licence/issue/signing-key.ts';

type Role = 'root' | 'timestamp' | 'snapshot' | 'targets';
const ROLES: readonly Role[] = ['root', 'timestamp', 'snapshot', 'targets'];

/** A TUF repository with consistent snapshots for tests: publishes files under the paths of `/v1/trust/`. */
export class TrustRepository {
  /** By path after `/v1/trust/`. */
  readonly files = new Map<string, Uint8Array>();
  readonly versions: Record<Role, number> = { root: 0, timestamp: 0, snapshot: 0, targets: 0 };
  keys: Record<Role, SigningKey> = {
    root: generateSigningKey(),
    timestamp: generateSigningKey(),
    snapshot: generateSigningKey(),
    targets: generateSigningKey(),
  };
  expires = '2099-01-01T00:00:00Z';

  /** Root N+1, signed by the keys before and the keys now. */
  publishRoot(next: Partial<Record<Role, SigningKey>> = {}): Uint8Array {
    const before = this.keys.root;
    this.keys = { ...this.keys, ...next };
    const root = new Root({ ...this.#stamp('root'), consistentSnapshot: true });
    for (const role of ROLES) root.addKey(tufKey(this.keys[role]), role);
    const signers = before === this.keys.root ? [before] : [before, this.keys.root];
    return this.#put(`${root.version}.root.json`, new Metadata(root), signers);
  }

  publish(targets: ReadonlyMap<string, Uint8Array>): void {
    const signed = new Targets(this.#stamp('targets'));
    for (const [path, bytes] of targets) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      signed.addTarget(new TargetFile({ path, length: bytes.length, hashes: { sha256 } }));
      this.files.set(`targets/${sha256}.${path}`, bytes);
    }
    const file = this.#put(`${signed.version}.targets.json`, new Metadata(signed), [this.keys.targets]);
    const snapshot = new Snapshot({
      ...this.#stamp('snapshot'),
      meta: { 'targets.json': metaFile(signed.version, file) },
    });
    const snapshotFile = this.#put(`${snapshot.version}.snapshot.json`, new Metadata(snapshot), [
      this.keys.snapshot,
    ]);
    const timestamp = new Timestamp({
      ...this.#stamp('timestamp'),
      snapshotMeta: metaFile(snapshot.version, snapshotFile),
    });
    this.#put('timestamp.json', new Metadata(timestamp), [this.keys.timestamp]);
  }

  #stamp(role: Role) {
    this.versions[role] += 1;
    return { version: this.versions[role], specVersion: '1.0.31', expires: this.expires };
  }

  #put(
    path: string,
    metadata: Metadata<Root | Targets | Snapshot | Timestamp>,
    signers: readonly SigningKey[],
  ): Uint8Array {
    for (const key of signers) {
      metadata.sign(
        (bytes) =>
          new Signature({ keyID: tufKey(key).keyID, sig: Buffer.from(key.sign(bytes)).toString('hex') }),
      );
    }
    const bytes = new Uint8Array(Buffer.from(JSON.stringify(metadata.toJSON())));
    this.files.set(path, bytes);
    return bytes;
  }
}

function metaFile(version: number, bytes: Uint8Array): MetaFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return new MetaFile({ version, length: bytes.length, hashes: { sha256 } });
}

function tufKey({ publicKey }: SigningKey): Key {
  const hex = Buffer.from(publicKey).toString('hex');
  return new Key({
    keyID: createHash('sha256').update(hex).digest('hex'),
    keyType: 'ed25519',
    scheme: 'ed25519',
    keyVal: { public: hex },
  });
}
