import type { People, PhoneLicence, Presented } from './phone-contract.ts';

export const VALID: PhoneLicence = {
  id: 'lin-insurance',
  kind: { zh: '医保电子凭证', en: 'Medical insurance e-credential' },
  issuer: { zh: '示范市医疗保障局', en: 'Demo City Medical Security Bureau' },
  holder: '林晓彤',
  condition: 'valid',
  validFrom: '2025-10-19',
  validTo: '2028-11-22',
  cti: '00112233445566778899aabbccddeeff',
  delegation: null,
  commands: [
    {
      does: 'revoke-licence',
      text: 'npm run liangzheng -- city revoke 00112233445566778899aabbccddeeff',
    },
  ],
};

/** A company's permit in its clerk's phone. */
export const DELEGATED: PhoneLicence = {
  ...VALID,
  id: 'cheng-permit',
  holder: '启航公司',
  delegation: {
    principal: '启航公司',
    kind: null,
    service: { zh: '施工许可', en: 'Construction permits' },
    validTo: '2027-11-22',
    cti: 'ffeeddccbbaa99887766554433221100',
  },
};

export const REVOKED: PhoneLicence = {
  ...VALID,
  id: 'zhou-insurance',
  condition: 'revoked',
  commands: [],
};

export const PEOPLE: People = {
  canScan: true,
  people: [
    {
      id: 'lin-xiaotong',
      names: { zh: '林晓彤', en: 'Lin Xiaotong' },
      about: { zh: '来示范市就医', en: 'Sees a doctor' },
      licences: [VALID, REVOKED, DELEGATED],
      lookUps: [
        {
          number: '91990100MA7DEM15XY',
          holder: '启航公司',
          service: { zh: '开设分公司', en: 'Branch registration' },
        },
      ],
    },
  ],
};

/** The n-th code made: its text says so. */
export function code(number: number, validUntil: number | null = 30_000): Presented {
  return { text: `LZ1:${number}`, qr: { size: 29, path: 'M4 4h7v1h-7z', version: 1 }, madeAt: 0, validUntil };
}
