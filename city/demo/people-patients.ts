import type { Condition } from './condition.ts';
import { type DemoLicence, type DemoPerson, type Holder, person } from './demo-person.ts';

const lin = person('林晓彤', '19930418', '284');
const sun = person('孙秀兰', '19480727', '306');
const zhou = person('周国栋', '19520906', '117');
const luo = person('罗一鸣', '19910305', '571');
const hou = person('侯亦真', '19851123', '359');

/** At the hospital's kiosk: patients, among them one whose cover ended, one whose is suspended, one with false papers. */
export const PATIENTS: readonly DemoPerson[] = [
  {
    id: 'lin-xiaotong',
    names: { zh: '林晓彤', en: 'Lin Xiaotong' },
    about: { zh: '在职职工，来医院就诊', en: 'An employee who sees a doctor' },
    licences: [
      insurance('lin-insurance', lin, 'valid', '在职'),
      {
        id: 'lin-social-security-card',
        kind: 'social-security-card',
        issuer: 'humanResources',
        condition: 'valid',
        holder: lin,
        certNo: 'DM0314159',
        own: { ssNo: lin.code, cardNo: 'DM0314159', region: '示范市' },
      },
    ],
  },
  {
    id: 'sun-xiulan',
    names: { zh: '孙秀兰', en: 'Sun Xiulan' },
    about: { zh: '老年患者，喜欢看大字', en: 'An elderly patient who likes large type' },
    licences: [insurance('sun-insurance', sun, 'valid', '退休')],
  },
  {
    id: 'zhou-guodong',
    names: { zh: '周国栋', en: 'Zhou Guodong' },
    about: { zh: '退休职工，参保关系已转出', en: 'Retired; his insurance was moved away' },
    licences: [insurance('zhou-insurance', zhou, 'revoked', '退休')],
  },
  {
    id: 'luo-yiming',
    names: { zh: '罗一鸣', en: 'Luo Yiming' },
    about: { zh: '欠缴医保，驾驶证暂扣', en: 'Behind with his premiums; his driving licence is held' },
    licences: [
      insurance('luo-insurance', luo, 'suspended', '灵活就业'),
      driving('luo-driving-licence', luo, 'suspended', {
        vehicleClass: 'C1',
        firstIssue: '2015-07-14',
        fileNo: '990100653589',
        points: 12,
      }),
    ],
  },
  {
    id: 'hou-yizhen',
    names: { zh: '侯亦真', en: 'Hou Yizhen' },
    about: { zh: '持有来历不明的证照', en: 'Holds papers of doubtful origin' },
    licences: [
      insurance('hou-insurance', hou, 'unknown-issuer', '在职'),
      driving('hou-driving-licence', hou, 'forged', {
        vehicleClass: 'A1A2',
        firstIssue: '2009-03-02',
        fileNo: '990100277182',
        points: 0,
      }),
    ],
  },
];

/** A medical insurance credential. */
export function insurance(
  id: string,
  holder: Holder,
  condition: Condition,
  personnelType: string,
): DemoLicence {
  return {
    id,
    kind: 'medical-insurance',
    issuer: 'medicalSecurity',
    condition,
    holder,
    certNo: `YB${holder.code.slice(6)}`,
    own: { insuredRegion: '示范市', insuranceType: '职工基本医疗保险', personnelType },
  };
}

/** A man's driving licence; its own `state` is what was so when it was issued. */
function driving(
  id: string,
  holder: Holder,
  condition: Condition,
  own: Pick<DemoLicence['own'], 'vehicleClass' | 'firstIssue' | 'fileNo' | 'points'>,
): DemoLicence {
  return {
    id,
    kind: 'driving-licence',
    issuer: 'trafficPolice',
    condition,
    holder,
    certNo: holder.code,
    own: { licenceNo: holder.code, sex: '男', nationality: '中国', state: '正常', ...own },
  };
}
