import { uscc } from './check-characters.ts';
import { type DemoPerson, type Holder, person } from './demo-person.ts';
import { insurance } from './people-patients.ts';

const ma = person('马骁', '19881209', '531');
export const wei = person('韦大山', '19790722', '475');

export const haulier: Holder = {
  name: '示范市千里大件运输有限公司',
  code: uscc('91', 'MA7DEM31'),
  codeType: '001',
};

/** On the road and on the building site: checks without a network. */
export const WORKERS: readonly DemoPerson[] = [
  {
    id: 'ma-xiao',
    names: { zh: '马骁', en: 'Ma Xiao' },
    about: { zh: '大件运输司机', en: 'Drives oversize loads' },
    licences: [
      {
        id: 'ma-driving-licence',
        kind: 'driving-licence',
        issuer: 'trafficPolice',
        condition: 'valid',
        holder: ma,
        certNo: ma.code,
        own: {
          licenceNo: ma.code,
          sex: '男',
          nationality: '中国',
          vehicleClass: 'A2',
          firstIssue: '2010-05-17',
          fileNo: '990100314159',
          state: '正常',
          points: 3,
        },
      },
      {
        id: 'ma-vehicle-licence',
        kind: 'vehicle-licence',
        issuer: 'trafficPolice',
        condition: 'valid',
        holder: ma,
        certNo: '990100271828',
        own: {
          plateNo: '示A·D2718',
          vehicleType: '重型半挂牵引车',
          owner: ma.name,
          usage: '货运',
          model: '示范牌SF4250',
          vin: 'LDEM0SF42R0314159',
          engineNo: 'DM31415926',
          registeredOn: '2021-08-06',
          inspectionTo: '{validTo}',
        },
      },
      {
        id: 'ma-oversize-permit',
        kind: 'oversize-transport-permit',
        issuer: 'transport',
        condition: 'valid',
        holder: haulier,
        certNo: '示超限字第0314号',
        own: {
          permitNo: '示超限字第0314号',
          carrier: haulier.name,
          plates: '示A·D2718 / 示A·1828挂',
          cargo: '风力发电机叶片',
          grossMass: '48.6吨',
          dimensions: '32.5×3.2×4.3米',
          route: 'S10示范北—G99云岭',
          from: '{validFrom}',
          to: '{validTo}',
        },
      },
      {
        id: 'ma-oversize-permit-expired',
        kind: 'oversize-transport-permit',
        issuer: 'transport',
        condition: 'expired',
        holder: haulier,
        certNo: '示超限字第0159号',
        own: {
          permitNo: '示超限字第0159号',
          carrier: haulier.name,
          plates: '示A·D2718 / 示A·1828挂',
          cargo: '变压器',
          grossMass: '62.0吨',
          dimensions: '24.0×3.4×4.5米',
          route: 'S10示范北—S16示范东',
          from: '{validFrom}',
          to: '{validTo}',
        },
      },
    ],
  },
  {
    id: 'wei-dashan',
    names: { zh: '韦大山', en: 'Wei Dashan' },
    about: { zh: '塔吊司机，刚换工地', en: 'Tower crane operator on a new site' },
    licences: [
      {
        id: 'wei-operator-certificate',
        kind: 'construction-operator-certificate',
        issuer: 'housing',
        condition: 'valid',
        holder: wei,
        certNo: '示A042025000314',
        own: {
          sex: '男',
          idNo: wei.code,
          category: '建筑起重机械司机（塔式起重机）',
          categoryCode: '04',
          firstIssue: '2017-06-20',
          validity: '{validFrom}至{validTo}',
          state: '有效',
        },
      },
      {
        id: 'wei-operator-certificate-expired',
        kind: 'construction-operator-certificate',
        issuer: 'housing',
        condition: 'expired',
        holder: wei,
        certNo: '示A032015000159',
        own: {
          sex: '男',
          idNo: wei.code,
          category: '建筑起重信号司索工',
          categoryCode: '03',
          firstIssue: '2015-04-08',
          validity: '{validFrom}至{validTo}',
          state: '过期',
        },
      },
      insurance('wei-insurance', wei, 'not-yet-valid', '在职'),
    ],
  },
];
