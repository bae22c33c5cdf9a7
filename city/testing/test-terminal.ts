import { randomBytes } from 'node:crypto';
import { sealAuditBatch } from '../../licence/audit/batch.ts';
import { chainNext, chainStart, encodeRow } from '../../licence/audit/row.ts';
import { generateSigningKey, type SigningKey } from '../../licence/issue/signing-key.ts';
import { parseEnrolmentCode } from '../../licence/wire/enrolment-code.ts';
import { EPOCH_BYTES, REQUEST_ID_BYTES } from '../../licence/wire/label.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../../licence/wire/route.ts';
import { sealTerminalRequest } from '../../licence/wire/terminal-request.ts';
import { terminalIdOf } from '../fleet/terminal-id.ts';
import type { TestCity } from './start-test-city.ts';

/** The protocol's other side, made of the same sealing functions the agent uses. */
export class TestTerminal {
  readonly key: SigningKey;
  readonly id: Uint8Array;
  readonly #test: TestCity;

  constructor(test: TestCity, key = generateSigningKey()) {
    this.#test = test;
    this.key = key;
    this.id = terminalIdOf(key.publicKey);
  }

  static async enrolled(test: TestCity): Promise<TestTerminal> {
    const terminal = new TestTerminal(test);
    const answer = await terminal.enrol(await test.city.terminals.enrolmentCode());
    if (answer.status !== 201) throw new Error(`enrolment answered ${answer.status}`);
    return terminal;
  }

  async enrol(code: string, name = 'Hall 3, counter 2'): Promise<Response> {
    const secret = Buffer.from(parseEnrolmentCode(code)?.secret ?? []).toString('base64url');
    const request = this.request(ROUTE.enrol, { code: secret, name });
    return await fetch(this.#test.url + ROUTE.enrol, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        publicKey: Buffer.from(this.key.publicKey).toString('base64url'),
        request: Buffer.from(request).toString('base64url'),
      }),
    });
  }

  /** A sealed terminal request; no body for `undefined`. @param iatOff seconds its iat is off. */
  request(route: string, body?: unknown, iatOff = 0): Uint8Array {
    return sealTerminalRequest(
      {
        route,
        terminalId: this.id,
        iat: Math.floor(this.#test.clock.now() / 1000) + iatOff,
        requestId: new Uint8Array(randomBytes(REQUEST_ID_BYTES)),
        body: new Uint8Array(Buffer.from(body === undefined ? '' : JSON.stringify(body))),
      },
      this.key,
    );
  }

  async post(route: string, bytes: Uint8Array): Promise<Response> {
    return await fetch(this.#test.url + route, {
      method: 'POST',
      headers: { 'content-type': COSE_MEDIA_TYPE },
      body: Uint8Array.from(bytes),
    });
  }
}

/** A chain of audit rows as a terminal's store holds it. */
export class TestChain {
  readonly terminal: TestTerminal;
  readonly epoch = new Uint8Array(randomBytes(EPOCH_BYTES));
  readonly rows: Uint8Array[] = [];
  readonly heads: Uint8Array[];

  constructor(terminal: TestTerminal) {
    this.terminal = terminal;
    this.heads = [chainStart(terminal.id, this.epoch)];
  }

  /** Adds rows. @param event its name, which makes two chains of the same numbers differ. */
  add(count: number, event = 'verdict', detail = '', sealed: Uint8Array | null = null): this {
    for (let i = 0; i < count; i++) {
      const row = encodeRow({
        terminalId: this.terminal.id,
        epoch: this.epoch,
        seq: this.rows.length + 1,
        unixMs: 1_700_000_000_000,
        event,
        public: new Map([['detail', detail]]),
        sealed,
      });
      this.heads.push(chainNext(this.headAt(this.rows.length), row));
      this.rows.push(row);
    }
    return this;
  }

  /** Chain head after row `seq`. */
  headAt(seq: number): Uint8Array {
    const head = this.heads[seq];
    if (!head) throw new RangeError(`the chain has no row ${seq}`);
    return head;
  }

  /** The batch of rows `from` to `to`, both included. */
  batch(from: number, to: number, key = this.terminal.key): Uint8Array {
    const { id: terminalId } = this.terminal;
    const rows = this.rows.slice(from - 1, to);
    return sealAuditBatch(
      { terminalId, epoch: this.epoch, seq: from, head: this.headAt(from - 1), rows },
      key,
    );
  }

  /** The same chain up to `seq` on another disk. */
  cloneAt(seq: number): TestChain {
    const clone = new TestChain(this.terminal);
    clone.epoch.set(this.epoch);
    clone.rows.push(...this.rows.slice(0, seq));
    clone.heads.splice(0, 1, ...this.heads.slice(0, seq + 1));
    return clone;
  }
}
