import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CborValue } from '../../licence/cbor/decode.ts';
import { PRESENTATION_CTI_BYTES } from '../../licence/claims.ts';
import {
  ALG_ED25519,
  ALG_EDDSA,
  HEADER,
  KID_BYTES,
  parseSign1,
  SIGNATURE_BYTES,
} from '../../licence/cose/sign1.ts';
import { TYP } from '../../licence/cose/typ.ts';
import { CLAIM, COSE_KEY, CTI_BYTES, MAX_URI_BYTES } from '../../licence/cwt.ts';
import { SCOPE } from '../../licence/delegation.ts';
import { COMMON_LABEL } from '../../licence/field-label.ts';
import { DELTA_CLAIM } from '../../licence/status/status-delta.ts';
import { LIST_CLAIM } from '../../licence/status/status-list.ts';
import { demoService } from '../../licence/testing/demo-issuer.ts';
import { demoCatalogue, demoCityKeys, fullCatalogue } from '../../licence/testing/demo-trust.ts';
import { headerOf, rawSign1 } from '../../licence/testing/raw-sign1.ts';
import { MAX_FRESHNESS_SECONDS, parseCatalogue } from '../../licence/trust/catalogue.ts';
import { toCityKeysJson } from '../../licence/trust/city-keys.ts';
import { MAX_LIST_ENTRIES } from '../../licence/trust/issuers.ts';
import {
  EPOCH_BYTES,
  HASH_BYTES,
  LABEL,
  REQUEST_ID_BYTES,
  TERMINAL_ID_BYTES,
} from '../../licence/wire/label.ts';
import { STAFF_ID } from '../../licence/wire/maintenance-grant.ts';
import { MAX_RESOLVED_LICENCES } from '../../licence/wire/resolve-answer.ts';
import { PRELUDE, parseCddl, referencesOf } from './cddl.ts';
import { matchesCddl, readValue } from './cddl-match.ts';
import { ISSUER } from './example-world.ts';
import { EXAMPLE } from './examples.ts';
import { fencesOf } from './spec-document.ts';

const document = readFileSync(new URL('../../docs/licence-code.md', import.meta.url), 'utf8');
const cddl = fencesOf(document, 'cddl');
const rules = parseCddl(cddl);
const references = [...rules.values()].flatMap(referencesOf);

describe('the CDDL', () => {
  it('defines every rule it refers to', () => {
    expect(references.filter((name) => !rules.has(name) && !PRELUDE.has(name))).toEqual([]);
  });

  it('gives no name of the standard’s prelude another meaning', () => {
    expect([...rules.keys()].filter((name) => PRELUDE.has(name))).toEqual([]);
  });

  it('refers to every rule but those of whole objects', () => {
    const unused = [...rules.keys()].filter((name) => !references.includes(name));
    expect(unused.sort()).toEqual([
      'audit-batch',
      'audit-receipt',
      'catalogue',
      'city',
      'code',
      'issuers',
      'maintenance-grant',
      'resolve-answer',
      'status-delta',
      'status-list',
      'terminal-request',
      'time-answer',
    ]);
  });

  it.each([
    ['headers', /-header$/, HEADER],
    ['claims of codes', /^(licence|presentation|delegation)-claims$/, CLAIM],
    ['confirmation', /^confirmation$/, { COSE_Key: 1 }],
    ['COSE_Key', /^cose-key$/, { kty: COSE_KEY.kty, crv: COSE_KEY.crv, x: COSE_KEY.x }],
    ['fields', /^fields$/, COMMON_LABEL],
    ['scope', /^scope$/, SCOPE],
    ['claims of status lists', /^status-list-claims$/, LIST_CLAIM],
    ['claims of deltas', /^status-delta-claims$/, DELTA_CLAIM],
    ['claims of other objects', /^(resolve|time|request|batch|receipt|grant)-claims$/, LABEL],
  ])('has the labels of the code, by name: %s', (_, rule, labels) => {
    const stated = labelsOf(cddl).filter((label) => rule.test(label.rule));
    const pairs = new Map(stated.map(({ name, label }) => [name, label]));
    expect(Object.fromEntries(pairs)).toEqual(labels);
    for (const { name, label } of stated) expect([name, label]).toEqual([name, pairs.get(name)]);
  });

  it('gives every label a name', () => {
    expect(labelsOf(cddl).filter(({ name }) => name === '')).toEqual([]);
  });

  it('has every typ of the code once', () => {
    const typs = [...cddl.matchAll(/\b16: (\d+|"[^"]+")/g)].map(([, typ = '']) => typ.replaceAll('"', ''));
    expect(typs.sort()).toEqual(Object.values(TYP).map(String).sort());
  });

  it.each([
    ['alg', `alg = ${ALG_ED25519} / ${ALG_EDDSA}\n`],
    ['kty', `1: ${COSE_KEY.okp},`],
    ['crv', `-1: ${COSE_KEY.ed25519},`],
    ['kid', `kid = bstr .size ${KID_BYTES}`],
    ['signature', `signature = bstr .size ${SIGNATURE_BYTES}`],
    ['cti of a licence', `7: bstr .size ${CTI_BYTES}, `],
    ['cti of a presentation', `7: bstr .size ${PRESENTATION_CTI_BYTES}, `],
    ['licences of a scope', `1: [+ bstr .size ${CTI_BYTES}]`],
    ['name of a list', `list-uri = tstr .size (1..${MAX_URI_BYTES})`],
    ['entries of a list', `"entries": 1..${MAX_LIST_ENTRIES}`],
    ['request id', `request-id = bstr .size ${REQUEST_ID_BYTES}`],
    ['resolved licences', `[1*${MAX_RESOLVED_LICENCES} [`],
    ['terminal id', `terminal-id = bstr .size ${TERMINAL_ID_BYTES}`],
    ['epoch', `epoch = bstr .size ${EPOCH_BYTES}`],
    ['hash', `hash = bstr .size ${HASH_BYTES}`],
    ['staff id', `staff-id = tstr .regexp "${STAFF_ID.source.slice(1, -1)}"`],
    ['freshness', `freshnessSeconds: 10..${MAX_FRESHNESS_SECONDS}`],
  ])('has the size the code has: %s', (_, stated) => {
    expect(cddl).toContain(stated);
  });

  it.each(Object.values(EXAMPLE))('describes the example $name', ({ bytes, rule }) => {
    expect(matches(readValue(bytes), rule)).toBe(true);
  });

  it.each([
    ['licence', EXAMPLE.presentation],
    ['presentation', EXAMPLE.boundLicence],
    ['status-delta', EXAMPLE.oneBitList],
    ['resolve-answer', EXAMPLE.delta],
  ])('does not take for a %s what is none', (rule, { bytes }) => {
    expect(matches(readValue(bytes), rule)).toBe(false);
  });

  it('describes city.json and catalogue.json as the code writes them', () => {
    expect(matches(mapsOf(toCityKeysJson(demoCityKeys())), 'city')).toBe(true);
    expect(matches(mapsOf(demoCatalogue()), 'catalogue')).toBe(true);
    expect(matches(mapsOf(fullCatalogue()), 'catalogue')).toBe(true);
  });

  it.each([
    ['freshnessSeconds', 10, 9],
    ['freshnessSeconds', 600, 601],
    ['maxStatusAgeSeconds', 60, 59],
    ['kinds', repeat('medical-insurance', 64), repeat('medical-insurance', 65)],
    ['kinds', repeat('medical-insurance', 1), []],
    ['shownFields', repeat(255, 64), repeat(255, 65)],
    ['shownFields', [1], [0]],
    ['shownFields', [255], [256]],
    ['references', repeat({ pattern: 'token' }, 16), repeat({ pattern: 'token' }, 17)],
    ['references', [{ pattern: 'digits', length: 6 }], [{ pattern: 'digits', length: 5 }]],
    ['references', [{ pattern: 'digits', length: 64 }], [{ pattern: 'digits', length: 65 }]],
    ['references', [{ pattern: 'url', host: 'a.b' }], [{ pattern: 'url', host: 'a' }]],
    ['holderProof', 'if-bound', 'never'],
    ['delegation', 'refused', 'any'],
    ['maxOfflineSeconds', 600, 599],
    ['collects', 'one', 'many'],
    ['businesses', [business('0')], []],
    ['businesses', businesses(16), businesses(17)],
    ['businesses', [business('a'.repeat(16))], [business('a'.repeat(17))]],
    ['lookUps', ['uscc', 'id'], ['name']],
    ['lookUps', ['id', 'id'], repeat('id', 3)],
    ['handsOn', { fields: [], licence: true }, { fields: [] }],
    ['handsOn', { fields: repeat(255, 64), licence: false }, { fields: repeat(255, 65), licence: false }],
    ['keeps', 'nothing', 'all'],
    ['notice', { zh: '请', en: 'Please' }, { zh: '请' }],
    ['id', 'a'.repeat(64), 'a'.repeat(65)],
  ])('bounds %s of a service as the code does: %j, not %j', (name, within, past) => {
    const withService = (value: unknown) => ({
      ...demoCatalogue(),
      services: [{ ...demoService(), ...(name === 'businesses' ? HANDS_ON : {}), [name]: value }],
    });
    expect(parseCatalogue(withService(within))).toBeTypeOf('object');
    expect(matches(mapsOf(withService(within)), 'catalogue')).toBe(true);
    expect(parseCatalogue(withService(past))).toBeTypeOf('string');
    expect(matches(mapsOf(withService(past)), 'catalogue')).toBe(false);
  });

  it.each([
    ['needs', repeat(NEED, 16), repeat(NEED, 17)],
    ['needs', [NEED], []],
    ['needs', [{ ...NEED, kinds: repeat('medical-insurance', 16) }], [{ ...NEED, kinds: [] }]],
  ])('bounds %s of a matter as the code does: %j, not %j', (name, within, past) => {
    const withMatter = (value: unknown) => {
      const catalogue = fullCatalogue();
      return { ...catalogue, matters: catalogue.matters?.map((matter) => ({ ...matter, [name]: value })) };
    };
    expect(parseCatalogue(withMatter(within))).toBeTypeOf('object');
    expect(matches(mapsOf(withMatter(within)), 'catalogue')).toBe(true);
    expect(parseCatalogue(withMatter(past))).toBeTypeOf('string');
    expect(matches(mapsOf(withMatter(past)), 'catalogue')).toBe(false);
  });

  it('bounds the kid of a status list as the code does', () => {
    const listOf = (kidBytes: number) => {
      const header = headerOf(TYP.statusList, ISSUER, { [HEADER.kid]: new Uint8Array(kidBytes) });
      return rawSign1({ header, payload: listPayload() }, ISSUER);
    };
    const reads = (list: Uint8Array) => parseSign1(list, [TYP.statusList], { foreign: true }).ok;
    expect([64, 65].map((length) => reads(listOf(length)))).toEqual([true, false]);
    expect([64, 65].map((length) => matches(readValue(listOf(length)), 'status-list'))).toEqual([
      true,
      false,
    ]);
  });

  function matches(value: CborValue | undefined, rule: string): boolean {
    return value !== undefined && matchesCddl(value, { kind: 'rule', name: rule }, rules);
  }
});

const NAMES = { zh: '名', en: 'Name' };
/** Businesses are for a service that hands on. */
const HANDS_ON = { handsOn: { fields: [1], licence: false } };
const NEED = { names: NAMES, kinds: ['medical-insurance'] };

function business(type: string) {
  return { type, names: NAMES };
}

/** No two of one type. */
function businesses(count: number) {
  return Array.from({ length: count }, (_, type) => business(String(type)));
}

interface StatedLabel {
  readonly rule: string;
  readonly label: number;
  /** First word of the comment behind it. */
  readonly name: string;
}

/** Lines such as `  ? 8: confirmation,   ; cnf` with the rule they stand in. */
function labelsOf(cddl: string): readonly StatedLabel[] {
  const labels: StatedLabel[] = [];
  let rule = '';
  for (const line of cddl.split('\n')) {
    rule = /^([a-z0-9-]+) = /.exec(line)?.[1] ?? rule;
    const [, label, name = ''] = /^ +(?:\? )?(-?\d+): [^;]*(?:; (\w+))?/.exec(line) ?? [];
    if (label !== undefined) labels.push({ rule, label: Number(label), name });
  }
  return labels;
}

/** JSON as the values that CDDL is matched with. */
function mapsOf(json: unknown): CborValue {
  if (Array.isArray(json)) return json.map(mapsOf);
  if (typeof json !== 'object' || json === null) return json as string | number;
  return new Map(Object.entries(json).map(([name, value]) => [name, mapsOf(value)]));
}

function repeat<T>(value: T, times: number): T[] {
  return new Array<T>(times).fill(value);
}

/** Of the list of one bit. */
function listPayload(): Uint8Array {
  const parsed = parseSign1(Uint8Array.of(0xd2, ...EXAMPLE.oneBitList.bytes), [TYP.statusList], {
    foreign: true,
  });
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.sign1.payload;
}
