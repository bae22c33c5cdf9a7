import { describe, expect, it } from 'vitest';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { type Changes, changedMap } from '../testing/changed-map.ts';
import { demoKey, NOW } from '../testing/demo-issuer.ts';
import { LABEL } from './label.ts';
import {
  type GrantContext,
  MAX_GRANT_BYTES,
  MAX_GRANT_SECONDS,
  openMaintenanceGrant,
  sealMaintenanceGrant,
} from './maintenance-grant.ts';

const CITY = demoKey('grants');
const TERMINAL = new Uint8Array(16).fill(0x7e);
const GRANT = { terminalId: TERMINAL, staff: 'zhao.8', exp: NOW + 3600, cti: new Uint8Array(16).fill(0xc7) };

function opened(bytes: Uint8Array, changes: Partial<GrantContext> = {}) {
  const keys = [CITY.publicKey];
  const context = { terminalId: TERMINAL, keys, verifier: nativeVerifier(), nowSeconds: NOW };
  return openMaintenanceGrant(bytes, { ...context, ...changes });
}

describe('a maintenance grant', () => {
  it('reads back as it was sealed', () => {
    expect(opened(sealMaintenanceGrant(GRANT, CITY))).toEqual({ ok: true, value: GRANT });
  });

  it('with the longest staff id has room in its limit of bytes', () => {
    const longest = sealMaintenanceGrant({ ...GRANT, staff: 'x'.repeat(32) }, CITY);
    expect(longest.length).toBeLessThanOrEqual(MAX_GRANT_BYTES);
    expect(opened(longest)).toMatchObject({ ok: true });
  });

  it('holds until before its end', () => {
    const bytes = sealMaintenanceGrant(GRANT, CITY);
    expect(opened(bytes, { nowSeconds: GRANT.exp - 1 })).toMatchObject({ ok: true });
    expect(opened(bytes, { nowSeconds: GRANT.exp })).toEqual({ ok: false, detail: 'past its time' });
  });

  it('may hold for a day and no longer, clocks a little apart', () => {
    const lasting = (seconds: number) => opened(sealMaintenanceGrant({ ...GRANT, exp: NOW + seconds }, CITY));
    expect(lasting(MAX_GRANT_SECONDS + 120)).toMatchObject({ ok: true });
    expect(lasting(MAX_GRANT_SECONDS + 121)).toEqual({ ok: false, detail: 'holds longer than a grant may' });
  });

  it('is for one terminal', () => {
    const bytes = sealMaintenanceGrant(GRANT, CITY);
    expect(opened(bytes, { terminalId: new Uint8Array(16) })).toEqual({
      ok: false,
      detail: 'for another terminal',
    });
  });

  it.each([
    ['of somebody else', sealMaintenanceGrant(GRANT, demoKey('stranger'))],
    ['of another typ', sealSign1(TYP.timeAnswer, new Uint8Array(0), CITY)],
    ['that is no COSE', Uint8Array.of(1, 2, 3)],
  ])('%s is refused', (_, bytes) => {
    expect(opened(bytes)).toMatchObject({ ok: false });
  });
});

describe('is refused, properly signed, when', () => {
  it.each<[string, Changes]>([
    ['it names no terminal', { [LABEL.terminalId]: undefined }],
    ['it has no end', { [LABEL.exp]: undefined }],
    ['it has no identifier', { [LABEL.cti]: undefined }],
    ['its identifier is short', { [LABEL.cti]: new Uint8Array(8) }],
    ['it is for nobody', { [LABEL.staff]: undefined }],
    ['its staff id is empty', { [LABEL.staff]: '' }],
    ['its staff id is longer than ids are', { [LABEL.staff]: 'x'.repeat(33) }],
    ['its staff id could steer a screen', { [LABEL.staff]: 'zhao\u001b[2J' }],
  ])('%s', (_, changes) => {
    const map = new Map<number, CborValue>([
      [LABEL.exp, GRANT.exp],
      [LABEL.cti, GRANT.cti],
      [LABEL.terminalId, TERMINAL],
      [LABEL.staff, GRANT.staff],
    ]);
    const bytes = sealSign1(TYP.maintenanceGrant, encodeCbor(changedMap(map, changes)), CITY);
    expect(opened(bytes)).toEqual({ ok: false, detail: 'not a maintenance grant' });
  });
});
