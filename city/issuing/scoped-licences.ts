import { sql } from 'kysely';
import { type Licence, parseLicence } from '../../licence/claims.ts';
import { parseSign1 } from '../../licence/cose/sign1.ts';
import { TYP } from '../../licence/cose/typ.ts';
import type { DelegationScope } from '../../licence/delegation.ts';
import { COMMON_LABEL } from '../../licence/field-label.ts';
import type { CityTransaction } from '../store/city-tables.ts';

/** A licence of the store with what a delegation is held against. */
export interface StoredLicence {
  readonly kind: string;
  readonly holderCode: unknown;
  /** COSE bytes */
  readonly bytes: Uint8Array;
}

/** Licences read at a time; each has at most the size of a code. */
const PAGE = 200;

/** The licences a scope names. @returns undefined when the city issued one of them not. */
export async function namedLicences(
  trx: CityTransaction,
  { licences = [] }: DelegationScope,
): Promise<StoredLicence[] | undefined> {
  const named: StoredLicence[] = [];
  for (const cti of licences) {
    const row = await trx.selectFrom('licence').select('bytes').where('cti', '=', cti).executeTakeFirst();
    if (!row) return undefined;
    named.push(read(row.bytes));
  }
  return named;
}

/**
 * The principal's licences of the kinds a scope names that are longer than this and still hold, one by one. Shorter
 * ones aren't even read: an index leads to the few long ones.
 *
 * @param now unix seconds.
 */
export async function* longLicencesOfKinds(
  trx: CityTransaction,
  { kinds = [] }: DelegationScope,
  held: { readonly principal: string; readonly longerThan: number; readonly now: number },
): AsyncGenerator<StoredLicence> {
  for (const kind of kinds) {
    let after = new Uint8Array(0);
    for (;;) {
      const page = await trx
        .selectFrom('licence')
        .select(['cti', 'bytes'])
        .where('kind', '=', kind)
        .where(sql<number>`length(bytes)`, '>', held.longerThan)
        .where('revoked_at', 'is', null)
        .where('exp', '>', held.now)
        .where('cti', '>', after)
        .orderBy('cti')
        .limit(PAGE)
        .execute();
      for (const { bytes } of page) {
        const licence = read(bytes);
        if (licence.holderCode === held.principal) yield licence;
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = Uint8Array.from(last.cti);
    }
  }
}

function read(bytes: Uint8Array): StoredLicence {
  const own = Uint8Array.from(bytes);
  const { kind, fields } = parse(own);
  return { kind, holderCode: fields.get(COMMON_LABEL.holderCode), bytes: own };
}

function parse(bytes: Uint8Array): Licence {
  const sealed = parseSign1(bytes, [TYP.licence]);
  const licence = sealed.ok ? parseLicence(sealed.sign1.payload) : sealed;
  if (!licence.ok) throw new Error(`the store holds a licence that is none: ${licence.detail}`);
  return licence.value;
}
