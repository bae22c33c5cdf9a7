import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCode } from '../checks/parse-code.ts';
import type { FieldValue, Licence, Presentation } from '../claims.ts';
import { readCode, toCodeText } from '../code-text.ts';
import { CODE_MAX_BYTES } from '../cose/sign1.ts';
import { CTI_BYTES } from '../cwt.ts';
import type { Delegation, DelegationScope } from '../delegation.ts';
import { issueDelegation } from '../issue/issue-delegation.ts';
import { issueLicence } from '../issue/issue-licence.ts';
import { presentLicence } from '../issue/present-licence.ts';
import { DELEGATE_KEY, DELEGATION_KEY, ISSUER_KEY } from '../testing/demo-issuer.ts';

describe('the text form', () => {
  it('gives back any bytes a code may have', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: CODE_MAX_BYTES }), (bytes) => {
        expect(readCode(new TextEncoder().encode(toCodeText(bytes)))).toEqual({ ok: true, bytes });
      }),
    );
  });

  it('is the same code as its raw bytes', () => {
    const raw = fc.uint8Array({ maxLength: 100 }).map((bytes) => Uint8Array.of(0xd2, ...bytes));
    fc.assert(
      fc.property(raw, (bytes) => {
        expect(readCode(bytes)).toEqual(readCode(new TextEncoder().encode(toCodeText(bytes))));
      }),
    );
  });

  it('and a line terminator at its end give the same code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom('\r', '\n', '\r\n'), (bytes, end) => {
        const scanned = new TextEncoder().encode(toCodeText(bytes) + end);
        expect(readCode(scanned)).toEqual({ ok: true, bytes });
      }),
    );
  });
});

describe('what an issuer says is what a reader reads', () => {
  it('of a licence', () => {
    fc.assert(
      fc.property(licences(), (licence) => {
        expect(parts(issueLicence(licence, ISSUER_KEY)).licence.claims).toEqual(licence);
      }),
    );
  });

  it('of a licence, a presentation and a delegation in one code', () => {
    fc.assert(
      fc.property(licences(), presentations(), delegations(), (licence, presentation, delegation) => {
        const code = presentLicence(
          issueLicence(licence, ISSUER_KEY),
          presentation,
          DELEGATE_KEY,
          issueDelegation(delegation, DELEGATION_KEY),
        );
        expect(claimsOf(code)).toEqual({ licence, presentation, delegation });
      }),
    );
  });
});

function parts(code: Uint8Array) {
  const parsed = parseCode(code);
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.parts;
}

function claimsOf(code: Uint8Array) {
  const { licence, presentation, delegation } = parts(code);
  return {
    licence: licence.claims,
    presentation: presentation?.claims,
    delegation: delegation?.claims,
  };
}

function licences(): fc.Arbitrary<Licence> {
  const field = fc.oneof<fc.Arbitrary<FieldValue>[]>(text(), integer(), fc.boolean());
  const fields = fc.array(fc.tuple(integer(), field), { maxLength: 6 }).map((entries) => new Map(entries));
  return fc
    .tuple(fc.record({ ...dated(), kind: text(), fields }), fc.option(bytes(32)))
    .map(([licence, holderKey]) => (holderKey ? { ...licence, holderKey } : licence));
}

function presentations(): fc.Arbitrary<Presentation> {
  const claims = { iat: time(), cti: bytes(8), aud: text(), cnonce: fc.uint8Array({ maxLength: 32 }) };
  return fc.record(claims, { requiredKeys: ['iat', 'cti'] });
}

function delegations(): fc.Arbitrary<Delegation> {
  return fc.record({ ...dated(), delegateKey: bytes(32), principal: text(), scope: scopes() });
}

function scopes(): fc.Arbitrary<DelegationScope> {
  const licences = some(bytes(CTI_BYTES));
  const kinds = some(text());
  const all = { licences, kinds, services: some(text()) };
  return fc.oneof(
    fc.record(all, { requiredKeys: ['licences'] }),
    fc.record(all, { requiredKeys: ['kinds'] }),
  );
}

/** What licence and delegation have in common. */
function dated() {
  const status = fc.record({ idx: fc.nat(), uri: text() });
  const times = { iat: time(), nbf: time(), exp: time() };
  return { iss: text(), sub: text(), ...times, cti: bytes(CTI_BYTES), status };
}

function some<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(item, { minLength: 1, maxLength: 3 });
}

/** Of characters of one to four bytes, and of those that mean something elsewhere. */
function text(): fc.Arbitrary<string> {
  return fc.string({
    unit: fc.constantFrom(...'aZ09 "\\é张😀\u0000\n\u202e\ufffd'),
    minLength: 1,
    maxLength: 20,
  });
}

function bytes(length: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: length, maxLength: length });
}

function integer(): fc.Arbitrary<number> {
  return fc.maxSafeInteger();
}

/** unix seconds */
function time(): fc.Arbitrary<number> {
  return fc.maxSafeNat();
}
