import { TYP } from '../../licence/cose/typ.ts';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import { DELEGATION_KEY, NOW } from '../../licence/testing/demo-issuer.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import type { Verdict } from '../../licence/verdict.ts';
import { type CborNode, parseShortest, sameBytes } from './cbor-tree.ts';
import { KEYRING, LAWFUL } from './fuzz-world.ts';
import { readSealed, type SealedReading } from './sealed-reading.ts';
import {
  arrayOf,
  bytesOf,
  CODE_LIMITS,
  entryOf,
  integerOf,
  mapOf,
  profileBreach,
  simpleOf,
  textOf,
} from './tree-reading.ts';

/*
 * What licence-code.md says an accepted code must be, told once more over trees and without a verifier. It only ever
 * judges what the product let through, so it needs no order of checks and no reasons.
 */

/** @returns why this verdict can't be true of these COSE bytes. @param resolved whether the city stands for the holder. */
export function verdictBreach(
  bytes: Uint8Array,
  verdict: Verdict,
  service: Service,
  resolved: boolean,
): string | undefined {
  if (!verdict.licence) return verdict.outcome === 'accepted' ? 'accepted without a licence' : undefined;
  const code = parseShortest(bytes);
  if (!code) return 'a licence out of bytes that are not shortest-form CBOR';
  if (bytes.length > 1536) return 'a licence out of more than 1,536 bytes';
  const outer = profileBreach(code, CODE_LIMITS) ?? readSealed(code);
  if (typeof outer === 'string') return `a licence out of ${outer}`;
  const presented = outer.typ === TYP.presentation;
  if (presented && resolved) return 'a licence out of a presentation in a resolve answer';
  const licence = presented ? readSealed(entryOf(outer.header, 13)) : outer;
  if (typeof licence === 'string') return `a licence out of ${licence}`;
  const unproved = licenceBreach(licence, verdict.licence);
  if (unproved || verdict.outcome !== 'accepted') return unproved;
  return (
    stateBreach(licence.claims) ??
    (textOf(entryOf(licence.claims, -65537)) === 'medical-insurance'
      ? undefined
      : 'a kind not of this service') ??
    (resolved ? undefined : holderBreach(presented ? outer : undefined, licence, service)) ??
    delegationBreach(verdict.delegation !== undefined, outer, licence, service)
  );
}

/** Shown at all: signed by a key admitted for its kind, and no other than what was signed. */
function licenceBreach({ typ, header, claims, signer }: SealedReading, shown: object): string | undefined {
  const lawful = LAWFUL.licenceKeys.find(({ key }) => key === signer);
  if (!lawful || lawful.kind !== textOf(entryOf(claims, -65537))) return 'a licence its signer may not sign';
  if (typ !== TYP.licence || mapOf(header)?.length !== 3)
    return 'a licence that is of another typ, or embeds';
  if (textOf(entryOf(claims, 1)) !== 'demo-issuer') return 'a licence of another issuer';
  const iat = integerOf(entryOf(claims, 6)) ?? -1;
  if (iat < LAWFUL.signedFrom || iat > LAWFUL.signedUntil) return 'a licence signed outside its key’s time';
  const signed = JSON.stringify(signedLicence(claims));
  return signed === JSON.stringify(shownLicence(shown)) ? undefined : 'a licence other than the one signed';
}

function signedLicence(claims: CborNode): unknown {
  const fields = mapOf(entryOf(claims, -65538))?.map(({ key, value }) => [
    integerOf(key),
    integerOf(value) ?? textOf(value) ?? simpleOf(value) ?? 'no field value',
  ]);
  const status = entryOf(entryOf(claims, 65535), 'status_list');
  return [
    [1, 2, -65537].map((label) => textOf(entryOf(claims, label)) || 'no text'),
    [6, 5, 4].map((label) => integerOf(entryOf(claims, label)) ?? 'no time'),
    hexOf(entryOf(claims, 7), 16),
    entryOf(claims, 8) ? hexOf(confirmed(claims), 32) : null,
    [integerOf(entryOf(status, 'idx')), textOf(entryOf(status, 'uri'))],
    fields,
  ];
}

function shownLicence(licence: Partial<NonNullable<Verdict['licence']>>): unknown {
  const { iss, sub, kind, iat, nbf, exp, cti, holderKey, status, fields } = licence;
  return [
    [iss, sub, kind],
    [iat, nbf, exp],
    cti && Buffer.from(cti).toString('hex'),
    holderKey ? Buffer.from(holderKey).toString('hex') : null,
    [status?.idx, status?.uri],
    fields && [...fields],
  ];
}

function hexOf(node: CborNode | undefined, length: number): string {
  const bytes = bytesOf(node);
  return bytes?.length === length ? Buffer.from(bytes).toString('hex') : 'of another length';
}

/** The `x` of an OKP key on Ed25519 (RFC 8747 §3.2). */
function confirmed(claims: CborNode): CborNode | undefined {
  const key = entryOf(entryOf(claims, 8), 1);
  return integerOf(entryOf(key, 1)) === 1 && integerOf(entryOf(key, -1)) === 6 ? entryOf(key, -2) : undefined;
}

/** In its time, and valid in the list it names. */
function stateBreach(claims: CborNode): string | undefined {
  const [from = Number.NaN, until = Number.NaN] = [5, 4].map((label) => integerOf(entryOf(claims, label)));
  if (!(from <= NOW && NOW < until)) return 'accepted outside its time';
  const status = entryOf(entryOf(claims, 65535), 'status_list');
  const valid = LAWFUL.isValid(textOf(entryOf(status, 'uri')), integerOf(entryOf(status, 'idx')));
  return valid ? undefined : 'accepted though no list says that it is valid';
}

function holderBreach(
  presentation: SealedReading | undefined,
  licence: SealedReading,
  service: Service,
): string | undefined {
  const bound = confirmed(licence.claims);
  if (!presentation) {
    return bound || service.holderProof === 'required' ? 'accepted without a holder proof' : undefined;
  }
  const { header, claims, signer } = presentation;
  const delegation = entryOf(header, -65541);
  const delegated = delegation && readSealed(delegation);
  if (typeof delegated === 'string') return `a delegation out of ${delegated}`;
  if (!signer || signer !== ownerOf(delegated ? confirmed(delegated.claims) : bound)) {
    return 'presented by somebody else';
  }
  const audience = entryOf(claims, 3);
  if (audience && textOf(audience) !== service.id) return 'presented to another service';
  if (entryOf(claims, 39)) return 'presented for another challenge';
  const iat = integerOf(entryOf(claims, 6)) ?? Number.NaN;
  if (!(Math.abs(iat - NOW) <= service.freshnessSeconds)) return 'presented at another time';
  return bytesOf(entryOf(claims, 7))?.length === 8 ? undefined : 'a presentation cti of another length';
}

function ownerOf(publicKey: CborNode | undefined): SigningKey | undefined {
  const x = bytesOf(publicKey);
  return x && KEYRING.find((key) => sameBytes(key.publicKey, x));
}

function delegationBreach(
  said: boolean,
  outer: SealedReading,
  licence: SealedReading,
  service: Service,
): string | undefined {
  const node = entryOf(outer.header, -65541);
  if (!node) return said ? 'a delegation out of nowhere' : undefined;
  if (!said) return 'a delegation nobody is told of';
  const delegation = readSealed(node);
  if (typeof delegation === 'string') return `a delegation out of ${delegation}`;
  const { claims, signer, typ } = delegation;
  if (signer !== DELEGATION_KEY || typ !== TYP.delegation) return 'a delegation its signer may not sign';
  if (textOf(entryOf(claims, 1)) !== 'demo-delegations') return 'a delegation of another issuer';
  const iat = integerOf(entryOf(claims, 6)) ?? -1;
  if (iat < LAWFUL.signedFrom || iat > LAWFUL.signedUntil)
    return 'a delegation signed outside its key’s time';
  const holder = textOf(entryOf(entryOf(licence.claims, -65538), 2));
  if (!holder || textOf(entryOf(claims, -65540)) !== holder) return 'a delegation of another principal';
  return stateBreach(claims) ?? scopeBreach(entryOf(claims, -65539), licence.claims, service);
}

function scopeBreach(scope: CborNode | undefined, licence: CborNode, service: Service): string | undefined {
  if (mapOf(scope)?.some(({ key }) => ![1, 2, 3].includes(integerOf(key) ?? 0)))
    return 'a scope with a part unknown';
  const names = (label: number, wanted: Uint8Array | undefined) =>
    arrayOf(entryOf(scope, label))?.some(
      (item) => (item.kind === 'bytes' || item.kind === 'text') && sameBytes(item.bytes, wanted),
    );
  const kind = entryOf(licence, -65537);
  const covered =
    names(1, bytesOf(entryOf(licence, 7))) || names(2, kind?.kind === 'text' ? kind.bytes : undefined);
  if (!covered) return 'a delegation that does not cover the licence';
  const atService = !entryOf(scope, 3) || names(3, new TextEncoder().encode(service.id));
  return atService ? undefined : 'a delegation that does not cover the service';
}
