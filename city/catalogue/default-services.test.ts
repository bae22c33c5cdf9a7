import { describe, expect, test } from 'vitest';
import type { Service } from '../../licence/trust/catalogue.ts';
import { defaultCatalogue } from './default-catalogue.ts';

/** One block for each row of the pilot plan (services.md), in its order. */

describe('外省公司开设省内分公司', () => {
  const service = named('branch-registration');

  test('takes a business licence, found by its unified social credit code with consent', () => {
    expect(service).toMatchObject({ kinds: ['business-licence'], lookUps: ['uscc'] });
  });

  test('hands the licence itself on, for the case file', () => {
    expect(service.handsOn?.licence).toBe(true);
    expect(fieldNames(service, 'business-licence')).toContain('统一社会信用代码');
  });
});

describe('跨市就医结算', () => {
  const service = named('medical-insurance');

  test('needs the holder’s proof and takes no delegation', () => {
    expect(service).toMatchObject({ kinds: ['medical-insurance'], holderProof: 'required' });
    expect(service.delegation).toBeUndefined();
  });

  test('offers what a patient comes for, by the national numbers where there are some', () => {
    expect(service.businesses?.map(({ type, names }) => `${type} ${names.zh}`)).toEqual([
      '01101 挂号',
      '01301 费用结算',
      '01302 取药',
      '02121 药店购药',
      'query-benefits 权益信息查询',
      'remote-care 异地就医备案',
      'transfer 医疗关系转移',
      'chronic-disease 门诊慢特病资格确认',
    ]);
  });

  test('hands the hospital whom it treats and where they are insured, not the licence', () => {
    expect(service.handsOn?.licence).toBe(false);
    expect(fieldNames(service, 'medical-insurance')).toEqual([
      '持证者名称',
      '持证者代码',
      '持证者代码类型',
      '证照编号',
      '参保地',
      '险种类型',
      '人员类别',
    ]);
  });
});

describe('工程建设施工许可', () => {
  const service = named('construction-permit');

  test('gathers a project’s four kinds into one case, shown by somebody who acts for the company', () => {
    expect(service.kinds).toHaveLength(4);
    expect(service).toMatchObject({
      collects: 'case',
      delegation: 'accepted',
      handsOn: { licence: true },
    });
  });

  test('asks at each of the four stages for what was granted before it', () => {
    const needs = mattersOf(service.id).map((matter) => matter.needs.flatMap(({ kinds }) => kinds).join(' '));
    expect(needs).toEqual([
      'project-approval',
      'project-approval land-use-planning-permit',
      'project-approval land-use-planning-permit',
      'project-approval land-use-planning-permit construction-permit',
    ]);
  });
});

describe('道路交通执法', () => {
  const service = named('road-enforcement');

  test('goes a shift of 24 hours without a network', () => {
    expect(service.maxOfflineSeconds).toBe(86_400);
  });

  test('holds a driver’s codes side by side', () => {
    expect(service.collects).toBe('case');
    const oversize = mattersOf(service.id).find(({ id }) => id === 'road-check-oversize');
    expect(oversize?.needs.flatMap(({ kinds }) => kinds)).toEqual(service.kinds);
  });

  test('says that a missing paper document is no ground for a penalty', () => {
    expect(service.notice).toEqual({
      zh: '不得以未携带实体证照给予处罚',
      en: 'Not carrying the paper document is no ground for a penalty',
    });
  });
});

describe('外来务工子女入学转学', () => {
  const service = named('school-enrolment');

  test('gathers a case of twelve kinds, handed on with the licences, and looks up by identity number', () => {
    expect(service.kinds).toHaveLength(12);
    expect(service).toMatchObject({ collects: 'case', lookUps: ['id'], handsOn: { licence: true } });
  });

  test('asks for household, child, home and work, where any paper of a home or of work will do', () => {
    const entry = mattersOf(service.id).find(({ id }) => id === 'school-entry');
    expect(entry?.needs.map(({ kinds }) => kinds.join(' '))).toEqual([
      'household-registration',
      'birth-certificate',
      'real-estate-certificate home-purchase-contract lease-filing residence-permit',
      'social-insurance-record social-security-card tax-certificate business-licence',
    ]);
  });

  test('has a use for every kind it takes in some matter', () => {
    const needed = mattersOf(service.id).flatMap(({ needs }) => needs.flatMap(({ kinds }) => kinds));
    expect(service.kinds.filter((kind) => !needed.includes(kind))).toEqual([]);
  });
});

describe('房产交易不动产证核验', () => {
  const service = named('property-transaction');

  test('keeps nothing, hands nothing on and looks nothing up', () => {
    expect(service.keeps).toBe('nothing');
    expect([service.handsOn, service.lookUps, service.collects]).toEqual([undefined, undefined, undefined]);
  });

  test('relies on no list older than two days', () => {
    expect(service.maxStatusAgeSeconds).toBe(2 * 86_400);
  });
});

describe('建筑从业人员资格检查', () => {
  const service = named('site-inspection');

  test('goes a shift of 24 hours without a network and takes a delegation', () => {
    expect(service).toMatchObject({
      kinds: ['construction-operator-certificate'],
      maxOfflineSeconds: 86_400,
      delegation: 'accepted',
    });
  });
});

test('only a sale keeps nothing of whose licence it was', () => {
  const keepsNothing = defaultCatalogue.services.filter(({ keeps }) => keeps === 'nothing');
  expect(keepsNothing.map(({ id }) => id)).toEqual(['property-transaction']);
});

test('everything with a name has one in both languages', () => {
  const names = JSON.stringify(defaultCatalogue).match(/"zh":"[^"]*","en":"[^"]*"/g) ?? [];
  expect(names.length).toBeGreaterThan(200);
  expect(names.filter((pair) => !/"zh":"[^"]*\p{Script=Han}[^"]*","en":"[A-Z][^"]*"/u.test(pair))).toEqual(
    [],
  );
});

function named(id: string): Service {
  const service = defaultCatalogue.services.find((one) => one.id === id);
  if (!service) throw new Error(`no service ${id}`);
  return service;
}

function mattersOf(service: string) {
  return (defaultCatalogue.matters ?? []).filter((matter) => matter.service === service);
}

/** Chinese names of the fields handed on of this kind. */
function fieldNames({ handsOn }: Service, kindId: string): readonly string[] {
  const fields = defaultCatalogue.kinds.find(({ id }) => id === kindId)?.fields ?? [];
  return fields.filter(({ label }) => handsOn?.fields.includes(label)).map(({ names }) => names.zh);
}
