import { randomBytes } from 'node:crypto';
import { parseSign1 } from '../../licence/cose/sign1.ts';
import { TYP } from '../../licence/cose/typ.ts';
import { CTI_BYTES } from '../../licence/cwt.ts';
import { type Delegation, type DelegationScope, parseDelegation } from '../../licence/delegation.ts';
import { isSoundPublicKey } from '../../licence/ed25519/noble-verifier.ts';
import { issueDelegation } from '../../licence/issue/issue-delegation.ts';
import type { Clock } from '../clock.ts';
import type { KeyFolder } from '../keys/key-folder.ts';
import type { CityDatabase, CityTables, CityTransaction } from '../store/city-tables.ts';
import { codeExcess, SHOWABLE_CODE_BYTES } from './code-room.ts';
import type { Delegated, DelegationFault, DelegationOrder } from './delegation-order.ts';
import { issuerKeyFor } from './issuer-key.ts';
import { longLicencesOfKinds, namedLicences, type StoredLicence } from './scoped-licences.ts';
import type { StatusLists } from './status-lists.ts';

/** More than a presentation adds around licence and delegation. */
const PRESENTATION_ROOM_BYTES = 128;
/** A licence of hardly more than its claims, in a presentation; a delegation has to leave this much of a code. */
const LEAST_PRESENTED_BYTES = 500;

export type DelegationRecord = Omit<CityTables['delegation'], 'bytes'>;

/** Lets somebody show licences of a legal person (法人授权). */
export class DelegationRegister {
  readonly #database: CityDatabase;
  readonly #keys: KeyFolder;
  readonly #lists: StatusLists;
  readonly #clock: Clock;

  constructor(database: CityDatabase, keys: KeyFolder, lists: StatusLists, clock: Clock) {
    this.#database = database;
    this.#keys = keys;
    this.#lists = lists;
    this.#clock = clock;
  }

  /** Signs what was ordered and remembers it, so that it can be revoked. Nothing a phone couldn't show is signed. */
  async issue(order: DelegationOrder): Promise<Delegated> {
    const { iss, sub, delegateKey, principal, scope, exp } = order;
    const now = Math.floor(this.#clock.now() / 1000);
    const nbf = order.nbf ?? now;
    if (exp <= nbf) return refused('never-valid');
    if (!isSoundPublicKey(delegateKey)) return refused('unsound-key');
    if (isEmpty(scope)) return refused('empty-scope');
    return await this.#database.transaction().execute(async (trx) => {
      const issuer = await trx.selectFrom('issuer').select('iss').where('iss', '=', iss).executeTakeFirst();
      if (!issuer) return refused('unknown-issuer');
      const named = await namedLicences(trx, scope);
      if (!named) return refused('unknown-licence');
      if (named.some(({ holderCode }) => holderCode !== principal)) return refused('licence-of-another');
      const kinds = [...(scope.kinds ?? []), ...named.map(({ kind }) => kind)];
      const key = await issuerKeyFor(trx, this.#keys, iss, { use: 'delegation', kinds }, now);
      if (!key) return refused('kind-not-admitted');
      const delegation: Delegation = {
        iss,
        sub,
        iat: now,
        nbf,
        exp,
        cti: new Uint8Array(randomBytes(CTI_BYTES)),
        delegateKey,
        status: await this.#lists.place(trx, iss),
        principal,
        scope,
      };
      const bytes = issueDelegation(delegation, key);
      const excess = await excessOf(trx, delegation, bytes, named);
      if (excess > 0) return { ok: false, fault: 'too-big', excess };
      if (!isReadable(bytes)) return refused('unreadable');
      await remember(trx, delegation, bytes);
      return { ok: true, issued: { delegation, bytes } };
    });
  }

  /** What was issued, oldest first. */
  async list(): Promise<DelegationRecord[]> {
    return await this.#database
      .selectFrom('delegation')
      .select(['cti', 'iss', 'sub', 'principal', 'scope', 'uri', 'idx', 'iat', 'exp'])
      .select(['revoked_at', 'suspended_at'])
      .orderBy('iat')
      .orderBy('cti')
      .execute();
  }
}

function refused(fault: Exclude<DelegationFault, 'too-big'>): Delegated {
  return { ok: false, fault };
}

/** As a terminal reads it. */
function isReadable(bytes: Uint8Array): boolean {
  const parsed = parseSign1(bytes, [TYP.delegation]);
  return parsed.ok && parseDelegation(parsed.sign1.payload).ok;
}

/** A terminal would take a delegation with such a scope for malformed. */
function isEmpty({ licences, kinds, services }: DelegationScope): boolean {
  return (!licences && !kinds) || [licences, kinds, services].some((part) => part?.length === 0);
}

/** By how much the largest code anybody could show under it is too large. */
async function excessOf(
  trx: CityTransaction,
  { principal, scope, iat }: Delegation,
  bytes: Uint8Array,
  named: readonly StoredLicence[],
): Promise<number> {
  let excess = Math.max(0, bytes.length + LEAST_PRESENTED_BYTES - SHOWABLE_CODE_BYTES);
  const against = (licence: StoredLicence): void => {
    excess = Math.max(excess, codeExcess(licence.bytes, { proof: true, delegation: bytes }));
  };
  named.forEach(against);
  const longerThan = SHOWABLE_CODE_BYTES - bytes.length - PRESENTATION_ROOM_BYTES;
  const long = longLicencesOfKinds(trx, scope, { principal, longerThan, now: iat });
  for await (const licence of long) against(licence);
  return excess;
}

async function remember(
  trx: CityTransaction,
  { cti, iss, sub, principal, scope, status, iat, exp }: Delegation,
  bytes: Uint8Array,
): Promise<void> {
  const open = { revoked_at: null, suspended_at: null };
  const text = JSON.stringify({
    ...scope,
    ...(scope.licences
      ? { licences: scope.licences.map((licence) => Buffer.from(licence).toString('hex')) }
      : {}),
  });
  await trx
    .insertInto('delegation')
    .values({
      cti,
      iss,
      sub,
      principal,
      scope: text,
      uri: status.uri,
      idx: status.idx,
      iat,
      exp,
      bytes,
      ...open,
    })
    .execute();
}
