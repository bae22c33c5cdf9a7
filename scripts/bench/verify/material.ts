import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ten million licences: ten shards of 2^20. */
export const SHARDS = 10;
export const SHARD_ENTRIES = 2 ** 20;

/** Files that every contestant is given, so that all are given the same. */
export const MATERIAL = {
  /** A licence as COSE_Sign1. Its algorithm is −8, the only name other libraries know for Ed25519. */
  licence: 'licence.cose',
  /** The issuer's public key as a JWK. */
  jwk: 'issuer.jwk',
  /** A licence presented by a delegate: three signatures. */
  delegated: 'delegated.cose',
  /** A signed list. */
  token: (shard: number) => `shard-${shard}.cwt`,
  /** The `lst` of that list. */
  deflated: (shard: number) => `shard-${shard}.zlib`,
} as const;

export function shardUri(shard: number): string {
  return `urn:demo:status:${shard}`;
}

/** A file of the folder this contestant was started with. */
export function readMaterial(name: string): Uint8Array {
  const [, , folder] = process.argv;
  if (folder === undefined) throw new Error('started without a folder');
  return new Uint8Array(readFileSync(join(folder, name)));
}

export function readShards(name: (shard: number) => string): readonly Uint8Array[] {
  return Array.from({ length: SHARDS }, (_, shard) => readMaterial(name(shard)));
}
