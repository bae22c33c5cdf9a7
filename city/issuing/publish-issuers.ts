import { encodeIssuers, type Issuer } from '../../licence/trust/issuers.ts';
import { TARGET } from '../../licence/trust/trust.ts';
import type { CityTransaction } from '../store/city-tables.ts';
import type { TrustPublisher } from '../trust/trust-publisher.ts';
import { toIssuerKey } from './issuer-key.ts';

/** Publishes `issuers.cbor` as the tables have it; nothing happens where that is what is published. */
export async function publishIssuers(trx: CityTransaction, trust: TrustPublisher): Promise<void> {
  await trust.publish(trx, new Map([[TARGET.issuers, encodeIssuers(await readIssuers(trx))]]));
}

async function readIssuers(trx: CityTransaction): Promise<Issuer[]> {
  const issuers = await trx.selectFrom('issuer').selectAll().orderBy('iss').execute();
  const keys = await trx.selectFrom('issuer_key').selectAll().orderBy('iss').orderBy('key_name').execute();
  const lists = await trx
    .selectFrom('status_list')
    .select(['iss', 'uri', 'entries'])
    .orderBy('iss')
    .orderBy('shard')
    .execute();
  return issuers.map(({ iss, name_zh, name_en }) => ({
    iss,
    names: { zh: name_zh, en: name_en },
    keys: keys.filter((key) => key.iss === iss).map(toIssuerKey),
    statusLists: lists.filter((list) => list.iss === iss).map(({ uri, entries }) => ({ uri, entries })),
  }));
}
