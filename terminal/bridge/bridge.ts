import { randomUUID } from 'node:crypto';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import type { Clock } from '../core/clock.ts';
import type { BusinessRequest, HandOn } from '../core/hand-on.ts';
import type { HeldVerdict } from '../core/held-verdict.ts';
import type {
  HandedOnEvent,
  RequestAnswer,
  RequestBody,
  StateEvent,
  TerminalAnswer,
  VerdictEvent,
} from './api-schemas.ts';
import { type BridgeClient, type BridgeClients, isAllowed } from './bridge-clients.ts';
import { EventLog, type LoggedEvent, type NumberedEvent } from './event-log.ts';
import { HeldReceipts } from './held-receipts.ts';
import { type JwsSigner, publicJwk } from './jws.ts';
import { type EventSink, type Listener, Listeners } from './listeners.ts';
import { signReceipt, signVerdict } from './receipt.ts';
import { type KnownRequest, RequestBook } from './request-book.ts';

/** How often what is past its time is looked for: nothing is held longer than its limit and this. */
export const EXPIRY_EVERY_MS = 1000;

export interface BridgeParts {
  readonly clients: BridgeClients;
  /** The terminal's own. */
  readonly key: SigningKey;
  readonly terminalId: Uint8Array;
  readonly clock: Clock;
  readonly inService: () => boolean;
  /** Id of the service this terminal is for. */
  readonly service: () => string;
  /** A business system asks for the next licence; undefined: nobody does any more. */
  readonly onRequest: (request: BusinessRequest | undefined) => void;
}

/** Who takes what was checked, and for which request. */
export interface Receiver {
  readonly client: string;
  readonly request?: BusinessRequest;
}

export type Put =
  | { readonly ok: true; readonly created: boolean; readonly request: RequestAnswer }
  | { readonly ok: false; readonly reason: 'busy' | 'request-differs' | 'not-admitted' };

/**
 * Between the terminal and the business systems beside it: their requests, what they hear, and the signed receipts of
 * what was handed on to them. Decides nothing about a code, and holds what is personal in memory only.
 */
export class Bridge {
  readonly clients: BridgeClients;
  readonly clock: Clock;
  readonly #parts: BridgeParts;
  readonly #signer: JwsSigner;
  readonly #requests = new RequestBook();
  readonly #receipts = new HeldReceipts();
  readonly #log = new EventLog();
  readonly #listeners = new Listeners();
  readonly #expiry: NodeJS.Timeout;
  readonly #unsubscribe: () => void;

  constructor(parts: BridgeParts) {
    this.clients = parts.clients;
    this.clock = parts.clock;
    this.#parts = parts;
    this.#signer = { key: parts.key, kid: Buffer.from(parts.terminalId).toString('hex') };
    this.#unsubscribe = parts.clients.onRemoved((name) => this.#forget(name));
    this.#expiry = setInterval(() => this.#expire(), EXPIRY_EVERY_MS);
  }

  /** How many streams are open, of all clients. */
  get listening(): number {
    return this.#listeners.all().length;
  }

  /**
   * Who takes what was checked, of the clients allowed the service.
   *
   * @param asked id of the request it was checked for: then its client, as long as that request is open, and nobody else;
   * without one, the client that has listened longest.
   */
  receiverFor(service: string, asked?: string): Receiver | undefined {
    this.#expire();
    if (asked !== undefined) {
      const request = this.#requests.open();
      const isIt = request?.id === asked && this.#allows(request.client, service);
      return isIt ? { client: request.client, request } : undefined;
    }
    const listener = this.#listeners.all().find(({ client }) => this.#allows(client, service));
    return listener && { client: listener.client };
  }

  /** Tells everybody who listens and is allowed the service: nothing personal. The verdict is in the log by now. */
  verdict({ number, at, outcome, reason, held }: HeldVerdict, service: string): void {
    const verdict = { number, at, outcome, reason, ...(held ? { kind: held.licence.kind } : {}) };
    this.#tell(this.#log.add({ name: 'verdict', service, verdict }, this.#now()));
  }

  /**
   * Before the row of a hand-on is written: from here on its request can neither be cancelled nor expire.
   *
   * @returns false where the request is open no longer.
   */
  take({ client, request }: Receiver): boolean {
    return request === undefined || this.#requests.take(client, request.id);
  }

  /** The row could not be written: the request waits on. */
  giveBack({ request }: Receiver): void {
    if (request) this.#requests.giveBack();
  }

  /**
   * Signs the receipt, holds it until it is acknowledged and tells its client. It must be in the audit log by now.
   *
   * @param receiver from `receiverFor`; its request ends, unless it ended in the meantime.
   * @returns false where the client is admitted no longer: nothing was handed on.
   */
  handOn({ client, request }: Receiver, handOn: HandOn): boolean {
    if (!this.clients.get(client)) return false;
    const now = this.#now();
    const asked = request !== undefined && this.#requests.end(client, request.id, 'handed-on');
    const id = asked ? request.id : randomUUID();
    if (!asked) this.#requests.unasked(client, id);
    this.#receipts.hold(client, id, signReceipt(handOn, { client, id }, this.#signer), now);
    this.#tell(this.#log.add({ name: 'handed-on', client, request: id }, now));
    if (asked) this.#parts.onRequest(undefined);
    return true;
  }

  /** In or out of service, or for another service. */
  stateChanged(): void {
    for (const { sink } of this.#listeners.all()) sink.send('state', this.#state(), this.#log.place);
  }

  /** Ends every stream and forgets every receipt. */
  close(): void {
    clearInterval(this.#expiry);
    this.#unsubscribe();
    this.#listeners.endAll();
    this.#receipts.clear();
  }

  terminal(): TerminalAnswer {
    return {
      version: 1,
      terminal: this.#signer.kid,
      publicKey: publicJwk(this.#signer),
      ...this.#state(),
    };
  }

  /** Idempotent by id: the same body again is answered with how the request fares. */
  put(client: string, id: string, body: RequestBody): Put {
    this.#expire();
    // it could only keep others waiting
    if (!this.#allows(client, this.#parts.service())) return { ok: false, reason: 'not-admitted' };
    const put = this.#requests.put(client, id, body, this.#now());
    if (!put.ok) return put;
    if (put.created) this.#parts.onRequest(this.#requests.open());
    return { ...put, request: this.#answer(client, id, put.request) };
  }

  look(client: string, id: string): RequestAnswer | undefined {
    this.#expire();
    const known = this.#requests.look(client, id, this.#now());
    return known && this.#answer(client, id, known);
  }

  /** @returns how it is now: one that ended before stays as it ended. */
  cancel(client: string, id: string): RequestAnswer | undefined {
    this.#expire();
    if (this.#requests.end(client, id, 'cancelled')) this.#parts.onRequest(undefined);
    return this.look(client, id);
  }

  /** Forgets the receipt. @returns the request's state; only one that was handed on has something to acknowledge. */
  acknowledge(client: string, id: string): RequestAnswer['state'] | undefined {
    this.#receipts.drop(client, id);
    return this.look(client, id)?.state;
  }

  /**
   * Sends what the listener has missed, then the state, and from then on everything. The state carries the place
   * reached, so that a listener which has heard nothing else can come back to it.
   *
   * @param lastEventId of the last event it had; without it, it gets the receipts it has not acknowledged.
   * @returns a function that stops it.
   */
  listen(client: BridgeClient, sink: EventSink, lastEventId?: string): () => void {
    this.#expire();
    const listener: Listener = { client: client.name, sink };
    this.#listeners.add(listener);
    const missed =
      lastEventId === undefined
        ? this.#log.all().filter(({ event }) => event.name === 'handed-on')
        : this.#log.after(lastEventId);
    for (const event of missed) this.#tellOne(listener, event);
    sink.send('state', this.#state(), this.#log.place);
    return () => this.#listeners.remove(listener);
  }

  #tell(event: NumberedEvent): void {
    for (const listener of this.#listeners.all()) this.#tellOne(listener, event);
  }

  #tellOne({ client, sink }: Listener, { id, event }: NumberedEvent): void {
    const data = this.#inWordsFor(client, id, event);
    if (data) sink.send(event.name, data, id);
  }

  /** @returns undefined for what is not this client's to hear, or no longer held. */
  #inWordsFor(client: string, id: string, event: LoggedEvent): VerdictEvent | HandedOnEvent | undefined {
    switch (event.name) {
      case 'verdict':
        return this.#allows(client, event.service)
          ? signVerdict(event.verdict, event.service, { client, id }, this.#signer)
          : undefined;
      case 'handed-on': {
        const receipt = event.client === client ? this.#receipts.get(client, event.request) : undefined;
        return receipt === undefined ? undefined : { request: event.request, receipt };
      }
      default:
        return event satisfies never;
    }
  }

  #state(): StateEvent {
    return { service: this.#parts.service(), inService: this.#parts.inService() };
  }

  #answer(client: string, id: string, { state, leftMs }: KnownRequest): RequestAnswer {
    const receipt = this.#receipts.get(client, id);
    return {
      id,
      state,
      ...(leftMs === undefined ? {} : { expiresInSeconds: Math.ceil(leftMs / 1000) }),
      ...(receipt === undefined ? {} : { receipt }),
    };
  }

  #allows(name: string, service: string): boolean {
    const client = this.clients.get(name);
    return client !== undefined && isAllowed(client, service);
  }

  #expire(): void {
    const now = this.#now();
    this.#receipts.expire(now);
    this.#log.expire(now);
    if (this.#requests.expire(now)) this.#parts.onRequest(undefined);
  }

  #forget(client: string): void {
    this.#listeners.endAll(client);
    this.#receipts.dropAll(client);
    if (this.#requests.forget(client)) this.#parts.onRequest(undefined);
  }

  #now(): number {
    return this.clock.monotonic();
  }
}
