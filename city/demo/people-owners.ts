import { uscc } from './check-characters.ts';
import { type DemoLicence, type DemoPerson, type Holder, person } from './demo-person.ts';
import { insurance } from './people-patients.ts';

const qian = person('钱文渊', '19680314', '692');

/** Whose papers a delegate may show too. */
export const builder: Holder = {
  name: '示范市启航建设有限公司',
  code: uscc('91', 'MA7DEM15'),
  codeType: '001',
};

const PROJECT = { name: '启航公寓一期', code: '2501-990100-04-01-314159' };

/** A company's representative with the papers of one project, and the owner of a flat. */
export const OWNERS: readonly DemoPerson[] = [
  {
    id: 'shen-ruolan',
    names: { zh: '沈若兰', en: 'Shen Ruolan' },
    about: { zh: '启航建设有限公司法定代表人', en: 'Legal representative of a construction company' },
    licences: [
      ofCompany('shen-business-licence', 'business-licence', 'marketRegulation', builder.code, {
        uscc: builder.code,
        entName: builder.name,
        entType: '有限责任公司',
        legalRep: '沈若兰',
        regCapital: '伍仟万元整',
        estDate: '2016-09-12',
        term: '长期',
        address: '示范市示范区启航路314号',
        scope: '房屋建筑工程施工；建筑材料销售',
      }),
      ofCompany('shen-project-approval', 'project-approval', 'development', '示发改审〔2025〕31号', {
        projectCode: PROJECT.code,
        projectName: PROJECT.name,
        docNo: '示发改审〔2025〕31号',
        builder: builder.name,
        investment: '26,000万元',
      }),
      ofCompany(
        'shen-land-use-planning-permit',
        'land-use-planning-permit',
        'naturalResources',
        '地字第990100202500041号',
        {
          landUser: builder.name,
          projectName: PROJECT.name,
          approvalNo: '示政地〔2025〕59号',
          location: '示范区启航路南侧',
          area: '18,200平方米',
          landUse: '城镇住宅用地',
        },
      ),
      ofCompany('shen-construction-permit', 'construction-permit', 'housing', '990100202503140101', {
        builder: builder.name,
        projectName: PROJECT.name,
        address: '示范区启航路南侧',
        scale: '42,600平方米',
        contractPrice: '11,800万元',
        duration: '540天',
        parties: '示范监理',
      }),
      ofCompany('shen-completion-filing', 'completion-filing', 'housing', '示建竣备2025-015', {
        filingNo: '示建竣备2025-015',
        projectName: '启航公寓样板段',
        projectCode: PROJECT.code,
        acceptedOn: '2025-08-29',
        scope: '房屋建筑工程',
      }),
    ],
  },
  {
    id: 'qian-wenyuan',
    names: { zh: '钱文渊', en: 'Qian Wenyuan' },
    about: { zh: '房主，出售或出租住房', en: 'Owns a flat and wants to sell or let it' },
    licences: [
      flat('qian-real-estate', 'valid', '0003141', '示范区云帆里6幢1单元702室', '有抵押'),
      flat('qian-real-estate-sold', 'revoked', '0001592', '示范区老街15幢301室', '无'),
      flat('qian-real-estate-paper', 'static', '0006535', '示范区云帆里地下车位89号', '无'),
      insurance('qian-insurance-paper', qian, 'static', '退休'),
    ],
  },
];

function ofCompany(
  id: string,
  kind: string,
  issuer: DemoLicence['issuer'],
  certNo: string,
  own: DemoLicence['own'],
): DemoLicence {
  return { id, kind, issuer, condition: 'valid', holder: builder, certNo, own };
}

function flat(
  id: string,
  condition: DemoLicence['condition'],
  number: string,
  location: string,
  otherState: string,
): DemoLicence {
  return {
    id,
    kind: 'real-estate-certificate',
    issuer: 'naturalResources',
    condition,
    holder: qian,
    certNo: `示（2025）示范市不动产权第${number}号`,
    own: {
      owner: qian.name,
      coOwnership: '单独所有',
      location,
      unitNo: `990100001001GB00031F0015${number.slice(-4)}`,
      rightType: '国有建设用地使用权/房屋所有权',
      rightNature: '出让/商品房',
      usage: '住宅',
      area: '89.60平方米',
      term: '至2085-03-14',
      otherState,
      notes: '无',
    },
  };
}
