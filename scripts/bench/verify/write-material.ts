import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { ALG_EDDSA, HEADER, parseSign1 } from '../../../licence/cose/sign1.ts';
import { TYP } from '../../../licence/cose/typ.ts';
import { issueStatusList } from '../../../licence/issue/issue-status-list.ts';
import {
  delegatedCode,
  demoStatusList,
  ISSUER_KEY,
  licenceCode,
  STATUS_KEY,
  staticLicence,
} from '../../../licence/testing/demo-issuer.ts';
import { headerOf, rawSign1 } from '../../../licence/testing/raw-sign1.ts';
import { MATERIAL, SHARD_ENTRIES, SHARDS, shardUri } from './material.ts';

const REVOKED_PER_SHARD = Math.round(SHARD_ENTRIES / 100);

/** @returns how long the licence is, bytes. */
export function writeMaterial(folder: string): number {
  const write = (name: string, content: Uint8Array | string) => writeFileSync(join(folder, name), content);
  const licence = licenceUnderEdDsa();
  write(MATERIAL.licence, licence);
  write(MATERIAL.delegated, delegatedCode());
  const x = Buffer.from(ISSUER_KEY.publicKey).toString('base64url');
  write(MATERIAL.jwk, JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x }));
  for (let shard = 0; shard < SHARDS; shard++) {
    const bitmap = someRevoked();
    const list = demoStatusList([], { uri: shardUri(shard), bitmap });
    write(MATERIAL.token(shard), issueStatusList(list, STATUS_KEY));
    write(MATERIAL.deflated(shard), deflateSync(bitmap, { level: 9 }));
  }
  return licence.length;
}

function someRevoked(): Uint8Array {
  const bitmap = new Uint8Array(SHARD_ENTRIES / 8);
  for (let i = 0; i < REVOKED_PER_SHARD; i++) {
    const idx = randomInt(SHARD_ENTRIES);
    bitmap[idx >> 3] = (bitmap[idx >> 3] ?? 0) | (1 << (idx & 7));
  }
  return bitmap;
}

function licenceUnderEdDsa(): Uint8Array {
  const parsed = parseSign1(licenceCode(staticLicence()), [TYP.licence]);
  if (!parsed.ok) throw new Error(parsed.detail);
  const header = headerOf(TYP.licence, ISSUER_KEY, { [HEADER.alg]: ALG_EDDSA });
  return rawSign1({ header, payload: parsed.sign1.payload }, ISSUER_KEY);
}
