import { randomBytes, randomInt } from 'node:crypto';
import { issueLicence } from '../../licence/issue/issue-licence.ts';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import type { City } from '../city.ts';
import type { DemoLicence } from './demo-person.ts';
import type { HeldLicence } from './held-licence.ts';
import { fieldsOf, identifierOf, issuerOf } from './licence-content.ts';
import { type LicencePeriod, periodOf } from './licence-period.ts';
import { setState } from './set-state.ts';
import { contentDigest, fromEntry, type Made, stillGood, toEntry } from './wallet-entry.ts';
import type { Wallet } from './wallet-file.ts';
import { walletKey } from './wallet-key.ts';

/** Name of the impostor's key among the seeds; no person has it, since a person's id holds no colon. */
const ROGUE = 'rogue:issuer';

/** The licence as the wallet has it, issued if it hasn't or not any more, and in its condition. */
export async function holdLicence(
  city: City,
  wallet: Wallet,
  licence: DemoLicence,
  holder: SigningKey,
): Promise<HeldLicence> {
  const now = Math.floor(city.clock.now() / 1000);
  const presenter = licence.condition === 'static' ? undefined : holder;
  const wanted = { condition: licence.condition, content: contentOf(licence) };
  const before = wallet.licences[licence.id];
  let kept = before;
  if (!stillGood(kept, wanted, now)) {
    const period = periodOf(licence.condition, now);
    const made = isForgery(licence)
      ? forge(licence, period, now, holder, walletKey(wallet, ROGUE))
      : await order(city, licence, period, presenter);
    // the new one takes the old one's place
    if (before && !isForgery(licence)) await setState(city, before.cti, 'revoke', licence.id);
    kept = toEntry(made, period, wanted.content);
    wallet.licences[licence.id] = kept;
  }
  if (licence.condition === 'revoked') await setState(city, kept.cti, 'revoke', licence.id);
  if (licence.condition === 'suspended') await setState(city, kept.cti, 'suspend', licence.id);
  return { id: licence.id, condition: licence.condition, licence, presenter, ...fromEntry(kept) };
}

/** What the city never issued. */
export function isForgery({ condition }: DemoLicence): boolean {
  return condition === 'unknown-issuer' || condition === 'forged';
}

function contentOf(licence: DemoLicence): string {
  const fields = [...fieldsOf(licence, { nbf: 0, exp: 0 })];
  return contentDigest([issuerOf(licence).iss, licence.kind, licence.condition, fields]);
}

async function order(
  city: City,
  licence: DemoLicence,
  period: LicencePeriod,
  holder: SigningKey | undefined,
): Promise<Made> {
  const answer = await city.licences.issue({
    iss: issuerOf(licence).iss,
    kind: licence.kind,
    sub: identifierOf(licence, freshSerial()),
    fields: fieldsOf(licence, period),
    ...(holder ? { holderKey: holder.publicKey } : {}),
    ...period,
  });
  if (!answer.ok) {
    throw new Error(`the city would not issue the demo licence ${licence.id}: ${JSON.stringify(answer)}`);
  }
  return { code: answer.issued.bytes, cti: answer.issued.licence.cti };
}

/** Signed past the city, by a key it has never seen. */
function forge(
  licence: DemoLicence,
  period: LicencePeriod,
  now: number,
  holder: SigningKey,
  rogue: SigningKey,
): Made {
  const { iss } = issuerOf(licence);
  const cti = new Uint8Array(randomBytes(16));
  const code = issueLicence(
    {
      iss,
      sub: identifierOf(licence, freshSerial()),
      iat: now,
      ...period,
      cti,
      holderKey: holder.publicKey,
      status: { idx: randomInt(2 ** 17), uri: `${iss}/status/1` },
      kind: licence.kind,
      fields: fieldsOf(licence, period),
    },
    rogue,
  );
  return { code, cti };
}

function freshSerial(): string {
  return String(randomInt(1_000_000_000)).padStart(9, '0');
}
