import { randomBytes, randomInt } from 'node:crypto';
import { issueLicence } from '../../licence/issue/issue-licence.ts';
import { generateSigningKey, type SigningKey, signingKeyFromSeed } from '../../licence/issue/signing-key.ts';
import { publishDefaultCatalogue } from '../catalogue/publish-default-catalogue.ts';
import type { City } from '../city.ts';
import { DEMO_ISSUERS } from './demo-issuers.ts';
import { DEMO_PEOPLE } from './demo-people.ts';
import type { DemoLicence } from './demo-person.ts';
import { fieldsOf, identifierOf, issuerOf } from './licence-content.ts';
import { type LicencePeriod, periodOf, stillShows } from './licence-period.ts';
import { readWallet, type Wallet, writeWallet } from './wallet-file.ts';

/** A licence in somebody's phone. */
export interface HeldLicence {
  readonly licence: DemoLicence;
  readonly period: LicencePeriod;
  /** COSE bytes */
  readonly code: Uint8Array;
  /** hex */
  readonly cti: string;
  /** The holder's key; a static code has none. */
  readonly holder: SigningKey | undefined;
}

/**
 * Sees to it that the city knows the demo authorities and kinds and that every demo person holds their licences.
 * Running it again issues only what is missing or about to stop showing what it is meant to show.
 *
 * @param path the wallet file. @returns the licences by their stable name.
 */
export async function prepareLicences(city: City, path: string): Promise<ReadonlyMap<string, HeldLicence>> {
  const wallet = readWallet(path);
  await publishDefaultCatalogue(city.catalogue);
  for (const { code: _, ...definition } of Object.values(DEMO_ISSUERS)) await city.issuers.define(definition);

  const held = new Map<string, HeldLicence>();
  for (const person of DEMO_PEOPLE) {
    const holder = keyIn(wallet, person.id);
    for (const licence of person.licences) {
      held.set(licence.id, await hold(city, wallet, licence, holder));
    }
    // a stop before this leaves licences nobody holds and the next start issues others: no harm
    writeWallet(path, wallet);
  }
  return held;
}

/** Name of the impostor's key among the seeds; no person has it, since a person's id holds no colon. */
const ROGUE = 'rogue:issuer';

async function hold(
  city: City,
  wallet: Wallet,
  licence: DemoLicence,
  holder: SigningKey,
): Promise<HeldLicence> {
  const now = Math.floor(city.clock.now() / 1000);
  const holderKey = licence.condition === 'static' ? undefined : holder;
  let kept = wallet.licences[licence.id];
  if (!kept || !stillShows(licence.condition, kept, now)) {
    const period = periodOf(licence.condition, now);
    const made =
      licence.condition === 'unknown-issuer' || licence.condition === 'forged'
        ? forge(licence, period, now, holder, keyIn(wallet, ROGUE))
        : await order(city, licence, period, holderKey);
    kept = {
      code: Buffer.from(made.code).toString('base64url'),
      cti: Buffer.from(made.cti).toString('hex'),
      ...period,
    };
    wallet.licences[licence.id] = kept;
  }
  if (licence.condition === 'revoked') await revoke(city, licence, kept.cti);
  return {
    licence,
    period: { nbf: kept.nbf, exp: kept.exp },
    code: new Uint8Array(Buffer.from(kept.code, 'base64url')),
    cti: kept.cti,
    holder: holderKey,
  };
}

interface Made {
  readonly code: Uint8Array;
  readonly cti: Uint8Array;
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
  if (!answer.ok) throw new Error(`the city would not issue the demo licence ${licence.id}: ${answer.fault}`);
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

/** Said again at every start: a stop between issuing and revoking leaves nothing half done. */
async function revoke(city: City, licence: DemoLicence, cti: string): Promise<void> {
  const { outcome } = await city.licences.revoke(new Uint8Array(Buffer.from(cti, 'hex')));
  if (outcome === 'unknown') {
    throw new Error(
      `the city doesn't know the demo licence ${licence.id}: its data and the demo's are of two cities`,
    );
  }
}

function keyIn(wallet: Wallet, name: string): SigningKey {
  const seed = wallet.seeds[name];
  if (seed !== undefined) return signingKeyFromSeed(new Uint8Array(Buffer.from(seed, 'base64url')));
  const key = generateSigningKey();
  wallet.seeds[name] = Buffer.from(key.seed).toString('base64url');
  return key;
}

function freshSerial(): string {
  return String(randomInt(1_000_000_000)).padStart(9, '0');
}
