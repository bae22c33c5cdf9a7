import { z } from 'zod';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import { type IssuerKey, KEY_USES, kidOf } from '../../licence/trust/issuers.ts';
import type { KeyFolder } from '../keys/key-folder.ts';
import { signingKeyFile } from '../keys/signing-key-file.ts';
import type { CityTables, CityTransaction } from '../store/city-tables.ts';

type IssuerKeyRow = CityTables['issuer_key'];

/** What a key is wanted for. */
export type KeyPurpose =
  | {
      readonly use: 'licence' | 'delegation';
      /** One key has to do for all of them. */
      readonly kinds: readonly string[];
    }
  | { readonly use: 'status' };

/**
 * The issuer's newest key that may sign this now: the terminal's own rule, applied before signing.
 *
 * @param now unix seconds. @throws when the file isn't the key that was admitted.
 */
export async function issuerKeyFor(
  trx: CityTransaction,
  folder: KeyFolder,
  iss: string,
  purpose: KeyPurpose,
  now: number,
): Promise<SigningKey | undefined> {
  const rows = await trx
    .selectFrom('issuer_key')
    .selectAll()
    .where('iss', '=', iss)
    .where('nbf', '<=', now)
    .where('exp', '>=', now)
    .orderBy('nbf', 'desc')
    .orderBy('key_name', 'desc')
    .execute();
  const row = rows.find((candidate) => {
    const { uses, kinds } = toIssuerKey(candidate);
    if (!uses.includes(purpose.use)) return false;
    return purpose.use === 'status' || purpose.kinds.every((kind) => kinds.includes(kind));
  });
  if (!row) return undefined;
  const key = signingKeyFile(folder, row.key_name, 'fail');
  if (Buffer.compare(key.publicKey, row.x) !== 0) {
    throw new Error(`keys/${row.key_name}.key is not the key that was admitted`);
  }
  return key;
}

/** The key as terminals are told of it. */
export function toIssuerKey({ x, nbf, exp, uses, kinds }: IssuerKeyRow): IssuerKey {
  return {
    kid: kidOf(x),
    x,
    nbf,
    exp,
    uses: usesText.parse(JSON.parse(uses)),
    kinds: kindsText.parse(JSON.parse(kinds)),
  };
}

const usesText = z.array(z.enum(KEY_USES));
const kindsText = z.array(z.string());
