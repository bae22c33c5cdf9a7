import { uscc } from './check-characters.ts';
import type { DemoLicence, DemoPerson, Holder } from './demo-person.ts';

/** A company of another province, found by its code at a counter whether or not anybody is there with a phone. */
const maker: Holder = {
  name: '邻省远山装备有限公司',
  code: uscc('91', 'MA7DEM62'),
  codeType: '001',
};

/** Who comes from elsewhere to open a branch: an original and a duplicate under one code, so there is something to choose. */
export const NEWCOMERS: readonly DemoPerson[] = [
  {
    id: 'gu-changqing',
    names: { zh: '顾长青', en: 'Gu Changqing' },
    about: {
      zh: '外省公司法定代表人，来开设分公司',
      en: 'Heads a company of another province; opens a branch here',
    },
    licences: [
      businessLicence('gu-business-licence', '邻市监2019062801（正本）'),
      businessLicence('gu-business-licence-duplicate', '邻市监2019062801（副本1-1）'),
    ],
  },
];

function businessLicence(id: string, certNo: string): DemoLicence {
  return {
    id,
    kind: 'business-licence',
    issuer: 'neighbour',
    condition: 'valid',
    holder: maker,
    certNo,
    own: {
      uscc: maker.code,
      entName: maker.name,
      entType: '有限责任公司',
      legalRep: '顾长青',
      regCapital: '贰仟万元整',
      estDate: '2019-06-28',
      term: '长期',
      address: '邻省示范县远山路62号',
      scope: '起重设备制造、安装、维修',
    },
  };
}
