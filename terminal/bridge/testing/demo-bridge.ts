import { onTestFinished } from 'vitest';
import { demoCode, demoContext, demoKey, NOW } from '../../../licence/testing/demo-issuer.ts';
import { verify } from '../../../licence/verify.ts';
import { TestClock } from '../../core/clock.ts';
import type { BusinessRequest, HandOn } from '../../core/hand-on.ts';
import type { HeldVerdict } from '../../core/held-verdict.ts';
import { dataFolder } from '../../store/data-folder.ts';
import { terminalIdOf } from '../../store/terminal-key.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { Bridge, type Receiver } from '../bridge.ts';
import { BridgeClients } from '../bridge-clients.ts';
import type { EventSink } from '../listeners.ts';

export const HIS_ORIGIN = 'https://his.example';
export const PHARMACY_ORIGIN = 'https://pharmacy.example';
export const TERMINAL_KEY = demoKey('bridge-terminal');
export const SERVICE = 'medical-insurance';

/** A bridge with two clients: the hospital's, for every service, and a pharmacy's, for property-transaction only. */
export interface DemoBridge {
  readonly bridge: Bridge;
  readonly clients: BridgeClients;
  readonly clock: TestClock;
  readonly his: string;
  readonly pharmacy: string;
  /** What the terminal was told of requests, in order. */
  readonly told: readonly (BusinessRequest | undefined)[];
  /** What the terminal is; a test changes it. */
  readonly terminal: { inService: boolean; service: string };
}

/** Closed when the test has finished. */
export function demoBridge(): DemoBridge {
  const clients = new BridgeClients(dataFolder(tempFolder()).bridgeClients);
  const his = tokenOf(clients.add({ name: 'his', origins: [HIS_ORIGIN] }));
  const pharmacy = tokenOf(
    clients.add({ name: 'pharmacy', origins: [PHARMACY_ORIGIN], services: ['property-transaction'] }),
  );
  const clock = new TestClock(NOW * 1000);
  const told: (BusinessRequest | undefined)[] = [];
  const terminal = { inService: true, service: SERVICE };
  const bridge = new Bridge({
    clients,
    key: TERMINAL_KEY,
    terminalId: terminalIdOf(TERMINAL_KEY.publicKey),
    clock,
    inService: () => terminal.inService,
    service: () => terminal.service,
    onRequest: (request) => told.push(request),
  });
  onTestFinished(() => bridge.close());
  return { bridge, clients, clock, his, pharmacy, told, terminal };
}

/** A verdict on a true code of the demo holder, as the session holds it. */
export function acceptedVerdict(number = 1): HeldVerdict {
  const verdict = verify(demoCode(), demoContext());
  if (verdict.outcome !== 'accepted') throw new Error(`the demo code is ${verdict.reason}`);
  const { licence, signedLicence, evidence } = verdict;
  return {
    number,
    at: NOW * 1000,
    shownAt: 0,
    outcome: 'accepted',
    reason: 'accepted',
    held: { licence, signedLicence, evidence },
  };
}

export function rejectedVerdict(number = 1): HeldVerdict {
  return { number, at: NOW * 1000, shownAt: 0, outcome: 'rejected', reason: 'expired' };
}

/** Whom the demo hand-on is about: what must stand in a receipt and nowhere else. */
export const HOLDER_NAME = '张示例';

export function demoHandOn(changes: Partial<HandOn> = {}): HandOn {
  return {
    service: SERVICE,
    businessType: '01301',
    caseNo: 'MZ-2026-0001',
    at: NOW * 1000 + 250,
    licences: [
      {
        kind: 'medical-insurance',
        issuer: 'demo-issuer',
        fields: [
          { label: 1, names: { zh: '姓名', en: 'Name' }, value: HOLDER_NAME },
          { label: 20, names: { zh: '参保地', en: 'Insured region' }, value: '示例市' },
        ],
        statusIat: NOW - 600,
        licence: Uint8Array.of(0xd2, 0x84),
        audit: { epoch: Uint8Array.of(1, 2), seq: 9 },
      },
    ],
    ...changes,
  };
}

/** A listener that keeps what it hears. */
export class ListeningSink implements EventSink {
  readonly heard: { readonly name: string; readonly data: object; readonly id: string }[] = [];
  ended = false;

  send(name: string, data: object, id: string): void {
    this.heard.push({ name, data, id });
  }

  end(): void {
    this.ended = true;
  }

  names(): string[] {
    return this.heard.map(({ name }) => name);
  }
}

/** Listens as a client. @returns what it hears, and a function that stops it. */
export function listen(bridge: Bridge, name: string, lastId?: string) {
  const client = bridge.clients.get(name);
  if (!client) throw new Error(`no client ${name}`);
  const sink = new ListeningSink();
  return { sink, stop: bridge.listen(client, sink, lastId) };
}

/** Who would take a licence of the demo service, asked for or not. @throws where nobody would. */
export function receiverOf(bridge: Bridge, asked = 'request-1'): Receiver {
  const receiver = bridge.receiverFor(SERVICE, asked) ?? bridge.receiverFor(SERVICE);
  if (!receiver) throw new Error('nobody would take it');
  return receiver;
}

function tokenOf(added: { readonly token: string } | string): string {
  if (typeof added === 'string') throw new Error(added);
  return added.token;
}
