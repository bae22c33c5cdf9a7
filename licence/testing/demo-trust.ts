import { type Catalogue, parseCatalogue } from '../trust/catalogue.ts';
import { type CityKeys, toCityKeysJson } from '../trust/city-keys.ts';
import { encodeIssuers } from '../trust/issuers.ts';
import { TARGET } from '../trust/trust.ts';
import { demoIssuer, demoKey, demoService } from './demo-issuer.ts';

/** The three targets every terminal needs, as the bytes a trust set signs. */
export function demoTargetFiles(): Map<string, Uint8Array> {
  return new Map([
    [TARGET.issuers, encodeIssuers([demoIssuer()])],
    [TARGET.city, toJsonBytes(toCityKeysJson(demoCityKeys()))],
    [TARGET.catalogue, toJsonBytes(demoCatalogue())],
  ]);
}

export function demoCityKeys(): CityKeys {
  return {
    keys: [
      { x: demoKey('receipts').publicKey, uses: ['receipt', 'time'] },
      { x: demoKey('resolver').publicKey, uses: ['resolve'] },
    ],
    // any 32 bytes are an X25519 key
    auditKey: new Uint8Array(32).fill(9),
  };
}

export function demoCatalogue(): Catalogue {
  const catalogue = parseCatalogue({
    version: 1,
    kinds: [
      {
        id: 'medical-insurance',
        names: { zh: '医保电子凭证', en: 'Medical insurance certificate' },
        fields: [
          { label: 1, names: { zh: '姓名', en: 'Name' }, show: 'name' },
          { label: 2, names: { zh: '证件号码', en: 'Identifier' }, show: 'identifier' },
          { label: 20, names: { zh: '参保地', en: 'Insured region' }, show: 'whole' },
        ],
      },
    ],
    services: [demoService()],
  });
  if (typeof catalogue === 'string') throw new Error(catalogue);
  return catalogue;
}

export function toJsonBytes(json: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(json)));
}
