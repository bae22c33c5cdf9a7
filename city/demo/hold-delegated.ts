import type { DelegationScope } from '../../licence/delegation.ts';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import type { City } from '../city.ts';
import { DEMO_ISSUERS } from './demo-issuers.ts';
import type { DemoDelegated } from './demo-person.ts';
import type { HeldLicence } from './held-licence.ts';
import { type LicencePeriod, periodOf } from './licence-period.ts';
import { setState } from './set-state.ts';
import { contentDigest, fromEntry, type Made, stillGood, toEntry } from './wallet-entry.ts';
import type { Wallet } from './wallet-file.ts';

/** Somebody who acts for the holder. */
export interface Delegate {
  /** Their identifier. */
  readonly code: string;
  readonly key: SigningKey;
}

/** A licence in the phone of somebody who acts for its holder; the delegation is issued if the wallet lacks it. */
export async function holdDelegated(
  city: City,
  wallet: Wallet,
  delegated: DemoDelegated,
  licence: HeldLicence,
  delegate: Delegate,
): Promise<HeldLicence> {
  const now = Math.floor(city.clock.now() / 1000);
  const scope = scopeOf(delegated, licence);
  const { id, condition, principal } = delegated;
  // by cti: a licence issued anew is another one
  const content = contentDigest([
    licence.cti,
    delegate.code,
    principal.code,
    delegated.of,
    delegated.service,
  ]);
  const wanted = { condition, content };
  let kept = wallet.delegations[id];
  if (!stillGood(kept, wanted, now)) {
    const period = periodOf(condition, now);
    kept = toEntry(await order(city, delegated, scope, period, delegate), period, content);
    wallet.delegations[id] = kept;
  }
  if (condition === 'delegation-revoked') await setState(city, kept.cti, 'revoke', id);
  const delegation = { delegated, ...fromEntry(kept) };
  return { ...licence, id, condition, presenter: delegate.key, delegation };
}

function scopeOf({ of, service }: DemoDelegated, { cti }: HeldLicence): DelegationScope {
  return {
    ...(of === 'this-licence'
      ? { licences: [new Uint8Array(Buffer.from(cti, 'hex'))] }
      : { kinds: [of.kind] }),
    ...(service === undefined ? {} : { services: [service] }),
  };
}

async function order(
  city: City,
  { id, principal }: DemoDelegated,
  scope: DelegationScope,
  period: LicencePeriod,
  delegate: Delegate,
): Promise<Made> {
  const answer = await city.delegations.issue({
    iss: DEMO_ISSUERS.identity.iss,
    sub: delegate.code,
    delegateKey: delegate.key.publicKey,
    principal: principal.code,
    scope,
    ...period,
  });
  if (!answer.ok) {
    throw new Error(`the city would not issue the demo delegation ${id}: ${JSON.stringify(answer)}`);
  }
  return { code: answer.issued.bytes, cti: answer.issued.delegation.cti };
}
