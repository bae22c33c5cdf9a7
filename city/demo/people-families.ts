import { type DemoLicence, type DemoPerson, type Holder, person } from './demo-person.ts';
import { insurance } from './people-patients.ts';

const he = person('何静怡', '19900517', '003');
const child = person('唐一诺', '20190806', '026');
const fan = person('樊正宇', '19870623', '715');
const son = person('樊小满', '20191124', '193');

/** Who enrols a child at school: a mother with every paper there is, and a father who still lacks one. */
export const FAMILIES: readonly DemoPerson[] = [
  {
    id: 'he-jingyi',
    names: { zh: '何静怡', en: 'He Jingyi' },
    about: { zh: '外来务工人员，为女儿办理入学', en: 'Came for work; enrols her daughter at school' },
    licences: [
      held(he, 'he-household', 'household-registration', 'publicSecurity', '990100000314', {
        hukouType: '农业家庭户',
        relation: '户主',
        address: '邻省示范县云台乡15号',
      }),
      held(child, 'he-birth-certificate', 'birth-certificate', 'health', 'T990100314', {
        certNo: 'T990100314',
        childName: child.name,
        sex: '女',
        bornAt: '2019-08-06',
        mother: he.name,
        father: '唐远航',
      }),
      held(he, 'he-residence-permit', 'residence-permit', 'publicSecurity', he.code, {
        address: '示范市示范区云帆里3幢502室',
        issuedBy: '示范市公安局示范分局',
      }),
      held(he, 'he-social-insurance-record', 'social-insurance-record', 'humanResources', 'SB2025031415', {
        type: '职工基本养老保险',
        period: '2021-03至2025-08',
        months: 54,
      }),
      held(he, 'he-social-security-card', 'social-security-card', 'humanResources', 'DM0271828', {
        ssNo: he.code,
        cardNo: 'DM0271828',
        region: '示范市',
      }),
      held(he, 'he-tax-certificate', 'tax-certificate', 'tax', '3990150250314159', {
        voucherNo: '3990150250314159',
        taxpayerId: he.code,
        taxpayerName: he.name,
        amount: '2,718.28元',
        taxOffice: '示范市税务局第一分局',
        date: '2025-06-30',
      }),
      held(he, 'he-lease-filing', 'lease-filing', 'housing', '示房租备2025-0314', {
        recordNo: '示房租备2025-0314',
        party: he.name,
        location: '示范区云帆里3幢502室',
        area: '68.4平方米',
        dates: '2024-09-01至2027-08-31',
      }),
      held(he, 'he-home-purchase-contract', 'home-purchase-contract', 'housing', '示商备2025-1592', {
        recordNo: '示商备2025-1592',
        party: he.name,
        location: '启航公寓2幢1103室（预售）',
        area: '89.6平方米',
        dates: '2025-05-18',
      }),
      held(he, 'he-no-home-certificate', 'no-home-certificate', 'naturalResources', '示不动查2025-6535', {
        scope: '示范市市区',
        queriedOn: '2025-08-20',
      }),
      held(he, 'he-talent-certificate', 'talent-certificate', 'humanResources', '示才2025-0314', {
        level: 'E类（技能人才）',
        recognisedBy: '示范市人力资源和社会保障局',
        validity: '至{validTo}',
      }),
      insurance('he-insurance', he, 'expired', '灵活就业'),
    ],
  },
  {
    id: 'fan-zhengyu',
    names: { zh: fan.name, en: 'Fan Zhengyu' },
    about: { zh: '为儿子办理入学，还缺就业证明', en: 'Enrols his son at school; lacks a proof of work' },
    licences: [
      held(fan, 'fan-household', 'household-registration', 'publicSecurity', '990100000628', {
        hukouType: '农业家庭户',
        relation: '户主',
        address: '邻省示范县青石镇28号',
      }),
      held(son, 'fan-birth-certificate', 'birth-certificate', 'health', 'T990100628', {
        certNo: 'T990100628',
        childName: son.name,
        sex: '男',
        bornAt: '2019-11-24',
        mother: '季晚晴',
        father: fan.name,
      }),
      held(fan, 'fan-residence-permit', 'residence-permit', 'publicSecurity', fan.code, {
        address: '示范市示范区老街62号',
        issuedBy: '示范市公安局示范分局',
      }),
      held(fan, 'fan-lease-filing', 'lease-filing', 'housing', '示房租备2025-0628', {
        recordNo: '示房租备2025-0628',
        party: fan.name,
        location: '示范区老街62号',
        area: '54.0平方米',
        dates: '2025-03-01至2027-02-28',
      }),
    ],
  },
];

function held(
  holder: Holder,
  id: string,
  kind: string,
  issuer: DemoLicence['issuer'],
  certNo: string,
  own: DemoLicence['own'],
): DemoLicence {
  return { id, kind, issuer, condition: 'valid', holder, certNo, own };
}
