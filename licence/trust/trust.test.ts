import { describe, expect, it } from 'vitest';
import { DAY, demoIssuer, NOW } from '../testing/demo-issuer.ts';
import { demoCatalogue, demoCityKeys, demoTargetFiles, toJsonBytes } from '../testing/demo-trust.ts';
import { hex } from '../testing/hex.ts';
import { demoTrustSet } from '../testing/trust-set.ts';
import { openTrust, TARGET } from './trust.ts';

describe('trust', () => {
  it('opens into issuers, the city’s keys and the catalogue', () => {
    expect(openTrust(demoTrustSet(demoTargetFiles()))).toEqual({
      ok: true,
      trust: {
        versions: { root: 1, timestamp: 1, snapshot: 1, targets: 1 },
        expires: (NOW + 7 * DAY) * 1000,
        issuers: [demoIssuer()],
        city: demoCityKeys(),
        catalogue: demoCatalogue(),
      },
    });
  });

  it('hands on what is wrong with the metadata', () => {
    const set = { ...demoTrustSet(demoTargetFiles()), timestamp: new Uint8Array(0) };
    expect(openTrust(set)).toMatchObject({ ok: false, fault: 'malformed' });
  });

  it('holds the floors it is given', () => {
    const floors = { root: 1, timestamp: 2, snapshot: 1, targets: 1 };
    expect(openTrust(demoTrustSet(demoTargetFiles()), floors)).toMatchObject({ fault: 'rollback' });
  });
});

describe('a target that is signed but can’t be read is malformed, and named', () => {
  it.each([
    [TARGET.issuers, hex('9fff'), /^issuers\.cbor: indefinite-length at byte 0$/],
    [TARGET.city, hex('7b'), /^city\.json: /],
    [TARGET.city, toJsonBytes({}), /^city\.json: /],
    [TARGET.catalogue, hex('7b'), /^catalogue\.json: /],
    [TARGET.catalogue, toJsonBytes({}), /^catalogue\.json: /],
  ])('%s', (name, bytes, detail) => {
    expect(openWith(name, bytes)).toEqual({
      ok: false,
      fault: 'malformed',
      detail: expect.stringMatching(detail),
    });
  });

  it.each(Object.values(TARGET))('%s that is not there at all', (name) => {
    const files = demoTargetFiles();
    files.delete(name);
    expect(openTrust(demoTrustSet(files))).toMatchObject({
      fault: 'malformed',
      detail: expect.stringContaining(`${name}: `),
    });
  });
});

function openWith(name: string, bytes: Uint8Array) {
  return openTrust(demoTrustSet(demoTargetFiles().set(name, bytes)));
}
