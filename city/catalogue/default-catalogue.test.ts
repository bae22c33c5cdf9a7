import { expect, test } from 'vitest';
import { parseCatalogue } from '../../licence/trust/catalogue.ts';
import { DEFAULT_KINDS, defaultCatalogue } from './default-catalogue.ts';
import { FIRST_OWN_LABEL, labelsOf } from './kind-draft.ts';

test('the default catalogue passes the parser every terminal reads it with', () => {
  expect(parseCatalogue(JSON.parse(JSON.stringify(defaultCatalogue)))).toEqual(defaultCatalogue);
});

test('it holds the seven services of the pilot', () => {
  expect(defaultCatalogue.services.map((service) => service.id)).toEqual([
    'branch-registration',
    'medical-insurance',
    'construction-permit',
    'road-enforcement',
    'school-enrolment',
    'property-transaction',
    'site-inspection',
  ]);
});

test('every kind is accepted by some service, and none is there twice', () => {
  const ids = defaultCatalogue.kinds.map((kind) => kind.id);
  expect(new Set(ids).size).toBe(ids.length);
  const accepted = new Set(defaultCatalogue.services.flatMap((service) => service.kinds));
  expect(ids.filter((id) => !accepted.has(id))).toEqual([]);
});

test('the labels of a kind are unique', () => {
  for (const kind of defaultCatalogue.kinds) {
    const labels = kind.fields.map((field) => field.label);
    expect(new Set(labels).size, kind.id).toBe(labels.length);
  }
});

test('every kind has the nine common fields', () => {
  for (const kind of defaultCatalogue.kinds) {
    expect(
      kind.fields.slice(0, 9).map((field) => field.label),
      kind.id,
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
});

/** The wire order: a licence already issued carries these labels, so an insertion in the middle would rename its fields. */
const OWN_FIELDS: Readonly<Record<string, string>> = {
  'business-licence': 'uscc entName entType legalRep regCapital estDate term address scope',
  'medical-insurance': 'insuredRegion insuranceType personnelType',
  'project-approval': 'projectCode projectName docNo builder investment',
  'land-use-planning-permit': 'landUser projectName approvalNo location area landUse',
  'construction-permit': 'builder projectName address scale contractPrice duration parties',
  'completion-filing': 'filingNo projectName projectCode acceptedOn scope',
  'driving-licence': 'licenceNo sex nationality vehicleClass firstIssue fileNo state points',
  'vehicle-licence': 'plateNo vehicleType owner usage model vin engineNo registeredOn inspectionTo',
  'oversize-transport-permit': 'permitNo carrier plates cargo grossMass dimensions route from to',
  'real-estate-certificate':
    'owner coOwnership location unitNo rightType rightNature usage area term otherState notes',
  'construction-operator-certificate': 'sex idNo category categoryCode firstIssue validity state',
  'social-security-card': 'ssNo cardNo region',
  'tax-certificate': 'voucherNo taxpayerId taxpayerName amount taxOffice date',
  'household-registration': 'hukouType relation address',
  'birth-certificate': 'certNo childName sex bornAt mother father',
  'social-insurance-record': 'type period months',
  'residence-permit': 'address issuedBy',
  'home-purchase-contract': 'recordNo party location area dates',
  'lease-filing': 'recordNo party location area dates',
  'no-home-certificate': 'scope queriedOn',
  'talent-certificate': 'level recognisedBy validity',
};

test('own fields are labelled from 20 in the order of the service list', () => {
  const written = DEFAULT_KINDS.map((draft) => [draft.id, Object.keys(draft.own).join(' ')]);
  expect(Object.fromEntries(written)).toEqual(OWN_FIELDS);
  for (const kind of defaultCatalogue.kinds) {
    const own = kind.fields.slice(9).map((field) => field.label);
    expect(own, kind.id).toEqual(own.map((_, index) => FIRST_OWN_LABEL + index));
  }
});

test('a field name leads to its label', () => {
  const driving = DEFAULT_KINDS.find((draft) => draft.id === 'driving-licence');
  expect(driving && labelsOf(driving).get('vehicleClass')).toBe(23);
});

test('a person’s name and numbers never show whole', () => {
  for (const draft of DEFAULT_KINDS.filter((one) => one.holder === 'person')) {
    const kind = defaultCatalogue.kinds.find((one) => one.id === draft.id);
    const show = (label: number) => kind?.fields.find((field) => field.label === label)?.show;
    expect([show(1), show(2)], draft.id).toEqual(['name', 'identifier']);
  }
});

test('a sale discloses four fields only', () => {
  const service = defaultCatalogue.services.find((one) => one.id === 'property-transaction');
  const kind = defaultCatalogue.kinds.find((one) => one.id === 'real-estate-certificate');
  const shown = service?.shownFields.map(
    (label) => kind?.fields.find((field) => field.label === label)?.names.zh,
  );
  expect(shown).toEqual(['持证者名称', '证照编号', '坐落', '权利其他状况']);
});

test('a child’s birth, parents and home address are never shown', () => {
  const never = (id: string) =>
    defaultCatalogue.kinds
      .find((kind) => kind.id === id)
      ?.fields.filter((field) => field.show === 'never' && field.label >= FIRST_OWN_LABEL)
      .map((field) => field.names.zh);
  expect(never('birth-certificate')).toEqual(['性别', '出生时间', '母亲姓名', '父亲姓名']);
  expect(never('household-registration')).toEqual(['住址']);
});

test('only medical insurance refuses a static code, and only a sale asks for a list of these two days', () => {
  const { services } = defaultCatalogue;
  expect(services.filter((one) => one.holderProof === 'required').map((one) => one.id)).toEqual([
    'medical-insurance',
  ]);
  expect(services.filter((one) => one.maxStatusAgeSeconds !== undefined).map((one) => one.id)).toEqual([
    'property-transaction',
  ]);
});
