import { describe, expect, it, test } from 'vitest';
import type { RequestBody } from './api-schemas.ts';
import { EVENT_KEPT_MS, MAX_LOGGED } from './event-log.ts';
import { MAX_RECEIPTS, RECEIPT_HELD_MS } from './held-receipts.ts';
import { MAX_STREAMS_PER_CLIENT } from './listeners.ts';
import {
  acceptedVerdict,
  demoBridge,
  demoHandOn,
  listen,
  receiverOf,
  rejectedVerdict,
  SERVICE,
} from './testing/demo-bridge.ts';

const BODY: RequestBody = { businessType: '01301', caseNo: 'MZ-2026-0001', expiresInSeconds: 60 };

test('a receipt under an id two clients chose is told to each as their own, once', () => {
  const { bridge } = demoBridge();
  for (const client of ['his', 'pharmacy']) {
    bridge.put(client, 'request-1', BODY);
    const request = { id: 'request-1', client };
    bridge.handOn({ client, request }, demoHandOn());
  }
  const { sink } = listen(bridge, 'his');
  expect(sink.names()).toEqual(['handed-on', 'state']);
  expect(sink.heard.map(({ data }) => data)[0]).toMatchObject({
    receipt: bridge.look('his', 'request-1')?.receipt,
  });
});

describe('a receipt', () => {
  it('is forgotten once it is acknowledged, and acknowledging again is no fault', () => {
    const { bridge } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    bridge.handOn(receiverOf(bridge), demoHandOn());
    expect(bridge.acknowledge('his', 'request-1')).toBe('handed-on');
    expect(bridge.acknowledge('his', 'request-1')).toBe('handed-on');
    expect(bridge.look('his', 'request-1')).toEqual({ id: 'request-1', state: 'handed-on' });
    expect(JSON.stringify(listen(bridge, 'his', '00000000-0').sink.heard)).not.toContain('receipt');
  });

  it('is forgotten after ten minutes', () => {
    const { bridge, clock } = demoBridge();
    bridge.put('his', 'request-1', BODY);
    bridge.handOn(receiverOf(bridge), demoHandOn());
    clock.advance(RECEIPT_HELD_MS);
    expect(bridge.look('his', 'request-1')).toEqual({ id: 'request-1', state: 'handed-on' });
    expect(listen(bridge, 'his').sink.names()).toEqual(['state']);
  });

  it('is pushed out by newer ones: 32 are held', () => {
    const { bridge } = demoBridge();
    for (let i = 0; i <= MAX_RECEIPTS; i++) {
      bridge.put('his', `request-${i}`, BODY);
      bridge.handOn(receiverOf(bridge, `request-${i}`), demoHandOn());
    }
    expect(bridge.look('his', 'request-0')).not.toHaveProperty('receipt');
    expect(bridge.look('his', 'request-1')).toHaveProperty('receipt');
  });

  it('is gone with its client', () => {
    const { bridge, clients } = demoBridge();
    bridge.handOn({ client: 'his' }, demoHandOn());
    clients.remove('his');
    clients.add({ name: 'his', origins: ['https://his.example'] });
    expect(listen(bridge, 'his').sink.names()).toEqual(['state']);
  });

  it('is not pushed out by verdicts', () => {
    const { bridge } = demoBridge();
    bridge.handOn({ client: 'his' }, demoHandOn());
    for (let i = 0; i <= MAX_LOGGED.verdict; i++) bridge.verdict(rejectedVerdict(i), SERVICE);
    expect(listen(bridge, 'his').sink.names()).toEqual(['handed-on', 'state']);
  });

  it('waits for a page that was not there, and for one that was loaded anew', () => {
    const { bridge } = demoBridge();
    bridge.handOn({ client: 'his' }, demoHandOn());
    bridge.verdict(rejectedVerdict(), SERVICE);
    expect(listen(bridge, 'his').sink.names()).toEqual(['handed-on', 'state']);
    expect(listen(bridge, 'his').sink.names()).toEqual(['handed-on', 'state']);
  });
});

describe('a listener', () => {
  it('hears the state at once, and when it changes', () => {
    const { bridge, terminal } = demoBridge();
    const { sink } = listen(bridge, 'his');
    terminal.inService = false;
    bridge.stateChanged();
    expect(sink.heard.map(({ data }) => data)).toEqual([
      { service: SERVICE, inService: true },
      { service: SERVICE, inService: false },
    ]);
  });

  it('hears of a verdict what is nobody’s', () => {
    const { bridge } = demoBridge();
    const { sink } = listen(bridge, 'his');
    bridge.verdict(acceptedVerdict(7), SERVICE);
    expect(sink.heard.at(-1)).toMatchObject({
      name: 'verdict',
      data: { service: SERVICE, number: 7, outcome: 'accepted', reason: 'accepted', kind: SERVICE },
    });
    const told = JSON.stringify(sink.heard);
    for (const secret of secretsOf(acceptedVerdict())) expect(told).not.toContain(secret);
  });

  it('hears only of services its client is allowed', () => {
    const { bridge } = demoBridge();
    const { sink } = listen(bridge, 'pharmacy');
    bridge.verdict(rejectedVerdict(), SERVICE);
    bridge.verdict(rejectedVerdict(), 'property-transaction');
    expect(sink.heard.slice(1)).toMatchObject([{ data: { service: 'property-transaction' } }]);
  });

  it('that comes back is told what it missed, and nothing twice', () => {
    const { bridge } = demoBridge();
    const first = listen(bridge, 'his');
    bridge.verdict(rejectedVerdict(1), SERVICE);
    const lastId = first.sink.heard.at(-1)?.id;
    first.stop();
    bridge.verdict(rejectedVerdict(2), SERVICE);
    bridge.handOn({ client: 'his' }, demoHandOn());
    expect(first.sink.names()).toEqual(['state', 'verdict']);
    const again = listen(bridge, 'his', lastId);
    expect(again.sink.names()).toEqual(['verdict', 'handed-on', 'state']);
    expect(again.sink.heard[0]).toMatchObject({ data: { number: 2 } });
  });

  it('that had heard nothing but the state comes back to where it was', () => {
    const { bridge } = demoBridge();
    bridge.verdict(rejectedVerdict(1), SERVICE);
    const first = listen(bridge, 'his');
    first.stop();
    bridge.verdict(rejectedVerdict(2), SERVICE);
    const again = listen(bridge, 'his', first.sink.heard[0]?.id);
    expect(again.sink.heard).toMatchObject([{ name: 'verdict', data: { number: 2 } }, { name: 'state' }]);
  });

  it('of before the terminal’s restart is told everything that is held', () => {
    const { bridge } = demoBridge();
    bridge.verdict(rejectedVerdict(), SERVICE);
    expect(listen(bridge, 'his', '00000000-9999').sink.names()).toEqual(['verdict', 'state']);
  });

  it('that was away for long finds the latest 64 events of the last ten minutes', () => {
    const { bridge, clock } = demoBridge();
    for (let i = 0; i <= MAX_LOGGED.verdict; i++) bridge.verdict(rejectedVerdict(i), SERVICE);
    expect(listen(bridge, 'his', '00000000-0').sink.heard).toHaveLength(1 + MAX_LOGGED.verdict);
    clock.advance(EVENT_KEPT_MS);
    expect(listen(bridge, 'his', '00000000-0').sink.heard).toHaveLength(1);
  });

  it('one too many ends the oldest of its client, and of no other', () => {
    const { bridge } = demoBridge();
    const other = listen(bridge, 'pharmacy');
    const oldest = listen(bridge, 'his');
    const next = listen(bridge, 'his');
    for (let i = 1; i < MAX_STREAMS_PER_CLIENT; i++) listen(bridge, 'his');
    expect([other, oldest, next].map(({ sink }) => sink.ended)).toEqual([false, true, false]);
    expect(bridge.listening).toBe(1 + MAX_STREAMS_PER_CLIENT);
  });
});

test('closing ends the streams and forgets the receipts', () => {
  const { bridge } = demoBridge();
  const { sink } = listen(bridge, 'his');
  bridge.put('his', 'request-1', BODY);
  bridge.handOn(receiverOf(bridge), demoHandOn());
  bridge.close();
  expect(sink.ended).toBe(true);
  expect(bridge.look('his', 'request-1')).not.toHaveProperty('receipt');
});

/** Whatever of a licence says whose it is. */
function secretsOf({ held }: ReturnType<typeof acceptedVerdict>): string[] {
  if (!held) throw new Error('no licence is held');
  const { licence, signedLicence } = held;
  const values = [...licence.fields.values()].filter((value) => typeof value === 'string');
  return [licence.sub, ...values, Buffer.from(signedLicence).toString('base64url')];
}
