import { decodeJwt } from 'jose';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RequestBody } from './api-schemas.ts';
import { EXPIRY_EVERY_MS } from './bridge.ts';
import { MAX_ENDED } from './request-book.ts';
import {
  type DemoBridge,
  demoBridge,
  demoHandOn,
  type ListeningSink,
  listen,
  receiverOf,
  SERVICE,
} from './testing/demo-bridge.ts';

const BODY: RequestBody = { businessType: '01301', caseNo: 'MZ-2026-0001', expiresInSeconds: 60 };

describe('a request', () => {
  it('is told to the terminal, and waits', () => {
    const { bridge, told } = demoBridge();
    expect(bridge.put('his', 'request-1', BODY)).toEqual({
      ok: true,
      created: true,
      request: { id: 'request-1', state: 'waiting', expiresInSeconds: 60 },
    });
    expect(told).toEqual([{ id: 'request-1', client: 'his', businessType: '01301', caseNo: 'MZ-2026-0001' }]);
  });

  it('asked for twice is opened once', () => {
    const { bridge, told } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    expect(bridge.put('his', 'request-1', { ...BODY })).toMatchObject({ ok: true, created: false });
    expect(told).toHaveLength(1);
  });

  it.for(['businessType', 'matter', 'caseNo', 'expiresInSeconds'] as const)(
    'can’t be asked for under the same id with another %s',
    (key) => {
      const { bridge } = demoBridge();
      const other = { businessType: '01302', matter: 'other', caseNo: 'other', expiresInSeconds: 61 };
      bridge.put('his', 'request-1', BODY);
      expect(bridge.put('his', 'request-1', { ...BODY, [key]: other[key] })).toEqual({
        ok: false,
        reason: 'request-differs',
      });
    },
  );

  it('keeps a second one out, whoever asks, until it ends', () => {
    const { bridge, clients } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    expect(bridge.put('his', 'request-2', BODY)).toEqual({ ok: false, reason: 'busy' });
    clients.add({ name: 'other', origins: ['https://other.example'] });
    expect(bridge.put('other', 'request-1', BODY)).toEqual({ ok: false, reason: 'busy' });
    bridge.cancel('his', 'request-1');
    expect(bridge.put('his', 'request-2', BODY)).toMatchObject({ ok: true });
  });

  it('expires by itself, and the terminal hears so', () => {
    const { bridge, clock, told } = withFakeIntervals();
    bridge.put('his', 'request-1', BODY);
    clock.advance(59_999);
    vi.advanceTimersByTime(EXPIRY_EVERY_MS);
    expect(told).toHaveLength(1);
    clock.advance(1);
    vi.advanceTimersByTime(EXPIRY_EVERY_MS);
    expect(told).toEqual([expect.anything(), undefined]);
    expect(bridge.look('his', 'request-1')).toEqual({ id: 'request-1', state: 'expired' });
  });

  it('that expired stays so when it is asked for again', () => {
    const { bridge, clock } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    clock.advance(60_000);
    expect(bridge.put('his', 'request-1', BODY)).toMatchObject({
      created: false,
      request: { state: 'expired' },
    });
  });

  it('doesn’t last longer for a wall clock that is put back', () => {
    const { bridge, clock } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    clock.jumpTo(0);
    clock.advance(60_000);
    expect(bridge.look('his', 'request-1')).toMatchObject({ state: 'expired' });
  });

  it('is its client’s own: another learns nothing of it and can’t cancel it', () => {
    const { bridge } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    expect(bridge.look('pharmacy', 'request-1')).toBeUndefined();
    expect(bridge.cancel('pharmacy', 'request-1')).toBeUndefined();
    expect(bridge.acknowledge('pharmacy', 'request-1')).toBeUndefined();
    expect(bridge.look('his', 'request-1')).toMatchObject({ state: 'waiting' });
  });

  it('that is cancelled twice is told to the terminal once', () => {
    const { bridge, told } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    bridge.cancel('his', 'request-1');
    expect(bridge.cancel('his', 'request-1')).toEqual({ id: 'request-1', state: 'cancelled' });
    expect(told).toEqual([expect.anything(), undefined]);
  });

  it('of long ago is forgotten, the open one never', () => {
    const { bridge } = demoBridge();
    for (let i = 0; i <= MAX_ENDED; i++) {
      bridge.put('his', `request-${i}`, BODY);
      bridge.cancel('his', `request-${i}`);
    }
    expect(bridge.look('his', 'request-0')).toBeUndefined();
    expect(bridge.look('his', 'request-2')).toMatchObject({ state: 'cancelled' });
  });
});

describe('what was checked goes to', () => {
  it('nobody, where nobody is there', () => {
    expect(demoBridge().bridge.receiverFor(SERVICE)).toBeUndefined();
  });

  it('the client whose request is open, whoever else listens', () => {
    const { bridge } = demoBridge();
    listen(bridge, 'pharmacy');
    bridge.put('his', 'request-1', BODY);
    expect(bridge.receiverFor('property-transaction', 'request-1')).toMatchObject({
      client: 'his',
      request: { id: 'request-1' },
    });
  });

  it('else to the one that has listened longest', () => {
    const { bridge } = demoBridge();
    const { stop } = listen(bridge, 'pharmacy');
    listen(bridge, 'his');
    expect(bridge.receiverFor('property-transaction')).toEqual({ client: 'pharmacy' });
    stop();
    expect(bridge.receiverFor('property-transaction')).toEqual({ client: 'his' });
  });

  it('nobody else, where the request it was checked for is open no longer', () => {
    const { bridge } = demoBridge();
    listen(bridge, 'his');
    bridge.put('his', 'request-1', BODY);
    bridge.cancel('his', 'request-1');
    expect(bridge.receiverFor(SERVICE, 'request-1')).toBeUndefined();
  });

  it('no client that is not allowed the service, which can’t so much as ask', () => {
    const { bridge } = demoBridge();
    listen(bridge, 'pharmacy');
    expect(bridge.put('pharmacy', 'request-1', BODY)).toEqual({ ok: false, reason: 'not-admitted' });
    expect(bridge.receiverFor(SERVICE, 'request-1')).toBeUndefined();
    expect(bridge.receiverFor(SERVICE)).toBeUndefined();
  });

  it('a request that can neither be cancelled nor expire while its row is written', () => {
    const { bridge, clock } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    const receiver = receiverOf(bridge);
    expect(bridge.take(receiver)).toBe(true);
    expect(bridge.cancel('his', 'request-1')).toMatchObject({ state: 'waiting' });
    clock.advance(BODY.expiresInSeconds * 1000);
    expect(bridge.handOn(receiver, demoHandOn())).toBe(true);
    expect(bridge.look('his', 'request-1')).toMatchObject({ state: 'handed-on' });
  });

  it('a request that was cancelled before can’t be taken, one that was given back can be cancelled', () => {
    const { bridge } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    const receiver = receiverOf(bridge);
    bridge.take(receiver);
    bridge.giveBack(receiver);
    expect(bridge.cancel('his', 'request-1')).toMatchObject({ state: 'cancelled' });
    expect(bridge.take(receiver)).toBe(false);
  });

  it('no client that is admitted no longer', () => {
    const { bridge, clients, told } = demoBridge();
    const { sink } = listen(bridge, 'his');
    bridge.put('his', 'request-1', BODY);
    const receiver = receiverOf(bridge);
    clients.remove('his');
    expect(sink.ended).toBe(true);
    expect(bridge.receiverFor(SERVICE)).toBeUndefined();
    expect(bridge.handOn(receiver, demoHandOn())).toBe(false);
    expect(told.at(-1)).toBeUndefined();
  });
});

describe('handing on', () => {
  it('ends the request, holds its receipt and tells its client', () => {
    const { bridge, told } = demoBridge();
    const { sink } = listen(bridge, 'his');
    bridge.put('his', 'request-1', BODY);
    expect(bridge.handOn(receiverOf(bridge), demoHandOn())).toBe(true);
    const held = bridge.look('his', 'request-1');
    expect(held).toEqual({ id: 'request-1', state: 'handed-on', receipt: expect.any(String) });
    expect(sink.heard.at(-1)).toMatchObject({
      name: 'handed-on',
      data: { request: 'request-1', receipt: held?.receipt },
    });
    expect(told).toEqual([expect.anything(), undefined]);
  });

  it('of what nobody asked for gets an id of its own, to acknowledge it by', () => {
    const { bridge } = demoBridge();
    const { sink } = listen(bridge, 'his');
    bridge.handOn(receiverOf(bridge), demoHandOn());
    const { request, receipt } = receiptIn(sink);
    expect(decodeJwt(receipt)).toMatchObject({ aud: 'his', jti: request });
    expect(bridge.acknowledge('his', request)).toBe('handed-on');
    expect(bridge.look('his', request)).toEqual({ id: request, state: 'handed-on' });
  });

  it('for a request that was replaced meanwhile leaves the new one open', () => {
    const { bridge } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    const receiver = receiverOf(bridge);
    bridge.cancel('his', 'request-1');
    bridge.put('his', 'request-2', BODY);
    bridge.handOn(receiver, demoHandOn());
    expect(bridge.look('his', 'request-1')).toEqual({ id: 'request-1', state: 'cancelled' });
    expect(bridge.look('his', 'request-2')).toMatchObject({ state: 'waiting' });
  });

  it('is told to no other client', () => {
    const { bridge } = demoBridge();
    const other = listen(bridge, 'pharmacy');
    bridge.handOn({ client: 'his' }, demoHandOn());
    expect(other.sink.names()).toEqual(['state']);
    expect(listen(bridge, 'pharmacy', '00000000-0').sink.names()).toEqual(['state']);
  });
});

function receiptIn(sink: ListeningSink): { readonly request: string; readonly receipt: string } {
  const data = sink.heard.at(-1)?.data;
  if (!data || !('request' in data) || !('receipt' in data)) throw new Error('no receipt was told');
  return { request: String(data.request), receipt: String(data.receipt) };
}

function withFakeIntervals(): DemoBridge {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  return demoBridge();
}
