import { type Catalogue, type Matter, parseCatalogue, type Service } from '../trust/catalogue.ts';
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
      { x: demoKey('grants').publicKey, uses: ['grant'] },
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

/** With every member that a catalogue may have. */
export function fullCatalogue(): Catalogue {
  const service: Service = {
    ...demoService({ id: 'demo-case' }),
    references: [{ pattern: 'token' }],
    maxStatusAgeSeconds: 86_400,
    maxOfflineSeconds: 86_400,
    collects: 'case',
    businesses: [{ type: '01301', names: { zh: '结算', en: 'Settle' } }],
    lookUps: ['uscc', 'id'],
    handsOn: { fields: [1, 2], licence: true },
    keeps: 'sealed',
    notice: { zh: '请先核对本人', en: 'See that it is the holder' },
  };
  const matter: Matter = {
    id: 'moving',
    names: { zh: '关系转移', en: 'Moving' },
    service: 'demo-case',
    needs: [{ names: { zh: '参保凭证', en: 'Proof of insurance' }, kinds: ['medical-insurance'] }],
  };
  return { ...demoCatalogue(), services: [demoService(), service], matters: [matter] };
}

export function toJsonBytes(json: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(json)));
}
