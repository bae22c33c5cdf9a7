import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { type Changes, changedMap } from '../testing/changed-map.ts';
import { demoKey, NOW } from '../testing/demo-issuer.ts';
import { LABEL } from './label.ts';
import { ROUTE } from './route.ts';
import { MAX_REQUEST_BYTES, openTerminalRequest, sealTerminalRequest } from './terminal-request.ts';
import { sealTimeAnswer } from './time-answer.ts';

const KEY = demoKey('terminal');
const REQUEST = {
  route: ROUTE.report,
  terminalId: new Uint8Array(16).fill(1),
  iat: NOW,
  requestId: new Uint8Array(16).fill(2),
  body: new TextEncoder().encode('{"queue":0}'),
};

describe('a terminal request', () => {
  it('opens as it was sealed', () => {
    expect(open(sealTerminalRequest(REQUEST, KEY))).toEqual({ ok: true, value: REQUEST });
  });

  it('may have an empty body', () => {
    const request = { ...REQUEST, body: new Uint8Array(0) };
    expect(open(sealTerminalRequest(request, KEY))).toEqual({ ok: true, value: request });
  });

  it('made for one route is refused at another', () => {
    const sealed = sealTerminalRequest({ ...REQUEST, route: ROUTE.audit }, KEY);
    expect(open(sealed)).toEqual({ ok: false, detail: 'made for another route' });
  });

  it('of another terminal is refused', () => {
    expect(open(sealTerminalRequest(REQUEST, demoKey('another')))).toEqual({
      ok: false,
      detail: 'not signed by an admitted key',
    });
  });

  it('can’t be made of a time answer', () => {
    const answer = sealTimeAnswer({ requestId: REQUEST.requestId, unixMs: 0 }, KEY);
    expect(open(answer)).toEqual({ ok: false, detail: 'typ' });
  });

  it('past 64 KiB is refused', () => {
    const sealed = sealTerminalRequest({ ...REQUEST, body: new Uint8Array(MAX_REQUEST_BYTES) }, KEY);
    expect(open(sealed)).toEqual({ ok: false, detail: `envelope: too-large at byte ${MAX_REQUEST_BYTES}` });
  });

  it.each<[string, Changes]>([
    ['without a terminal id', { [LABEL.terminalId]: undefined }],
    ['with a terminal id of 8 bytes', { [LABEL.terminalId]: new Uint8Array(8) }],
    ['without iat', { [LABEL.iat]: undefined }],
    ['with a negative iat', { [LABEL.iat]: -1 }],
    ['without a request id', { [LABEL.cti]: undefined }],
    ['with a request id of 8 bytes', { [LABEL.cti]: new Uint8Array(8) }],
    ['with a body that is text', { [LABEL.body]: '{}' }],
  ])('%s is refused', (_, changes) => {
    const { route, terminalId, iat, requestId, body } = REQUEST;
    const map = new Map<number, string | number | Uint8Array>([
      [LABEL.route, route],
      [LABEL.terminalId, terminalId],
      [LABEL.iat, iat],
      [LABEL.cti, requestId],
      [LABEL.body, body],
    ]);
    const sealed = sealSign1(TYP.terminalRequest, encodeCbor(changedMap(map, changes)), KEY);
    expect(open(sealed)).toEqual({ ok: false, detail: 'not a terminal request' });
  });
});

function open(bytes: Uint8Array) {
  return openTerminalRequest(bytes, ROUTE.report, KEY.publicKey, nativeVerifier());
}
