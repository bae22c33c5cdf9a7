import { CTI_BYTES } from '../../licence/cwt.ts';
import { issueDelegation } from '../../licence/issue/issue-delegation.ts';
import type { CityTransaction } from '../store/city-tables.ts';
import { MEASURING_KEY } from './code-room.ts';
import { toIssuerKey } from './issuer-key.ts';

/** Length of an ID number and of a unified social credit code, which name delegate and principal. */
const IDENTIFIER_LENGTH = 18;
/** The largest a time of CBOR's four-byte form can be. */
const SOME_TIME = 0xffff_ffff;

/**
 * The largest of the delegations that issuers admitted for it would make for one kind, valid at any service: what a
 * licence of that kind has to leave room for.
 *
 * @param now unix seconds. @returns COSE bytes for measuring, not signed; undefined when nobody may delegate this kind.
 */
export async function plainDelegation(
  trx: CityTransaction,
  kind: string,
  principal: string | undefined,
  now: number,
): Promise<Uint8Array | undefined> {
  const rows = await trx
    .selectFrom('issuer_key')
    .innerJoin('issuer', 'issuer.iss', 'issuer_key.iss')
    .selectAll('issuer_key')
    .select('issuer.list_entries')
    .where('issuer_key.uses', 'like', '%"delegation"%')
    .where('issuer_key.exp', '>=', now)
    .execute();
  let largest: Uint8Array | undefined;
  for (const row of rows) {
    if (!toIssuerKey(row).kinds.includes(kind)) continue;
    const { uri } = await trx
      .selectFrom('status_list')
      .select('uri')
      .where('iss', '=', row.iss)
      .orderBy('shard', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const plain = issueDelegation(
      {
        iss: row.iss,
        sub: '0'.repeat(IDENTIFIER_LENGTH),
        iat: SOME_TIME,
        nbf: SOME_TIME,
        exp: SOME_TIME,
        cti: new Uint8Array(CTI_BYTES),
        delegateKey: new Uint8Array(32),
        status: { uri, idx: row.list_entries - 1 },
        principal: principal ?? '0'.repeat(IDENTIFIER_LENGTH),
        scope: { kinds: [kind] },
      },
      MEASURING_KEY,
    );
    if (plain.length > (largest?.length ?? 0)) largest = plain;
  }
  return largest;
}
