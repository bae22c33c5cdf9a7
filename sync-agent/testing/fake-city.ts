import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { issueStatusList } from '../../licence/issue/issue-status-list.ts';
import { generateSigningKey } from '../../licence/issue/signing-key.ts';
import { toCityKeysJson } from '../../licence/trust/city-keys.ts';
import { encodeIssuers, type Issuer, kidOf } from '../../licence/trust/issuers.ts';
import { rootFingerprint } from '../../licence/trust/tuf.ts';
import { formatEnrolmentCode } from '../../licence/wire/enrolment-code.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../../licence/wire/route.ts';
import { openTerminalRequest } from '../../licence/wire/terminal-request.ts';
import { sealTimeAnswer } from '../../licence/wire/time-answer.ts';
import { terminalIdOf } from '../../terminal/store/terminal-key.ts';
import { FakeAuditDesk } from './fake-audit-desk.ts';
import { TrustRepository } from './trust-repository.ts';

export const LIST_URI = 'https://issuer.example/lists/1';

/** A handler that takes a request over. @returns false to let the city answer as usual. */
export type Intercept = (request: IncomingMessage, response: ServerResponse, body: Uint8Array) => boolean;

/** The city's side of the protocol on real HTTP, just enough of it, and able to misbehave. */
export class FakeCity {
  readonly repository = new TrustRepository();
  readonly cityKey = generateSigningKey();
  readonly issuerKey = generateSigningKey();
  readonly secret = new Uint8Array(10).fill(7);
  readonly audit: FakeAuditDesk;
  /** `METHOD /path` of everything asked. */
  readonly asked: string[] = [];
  readonly reports: unknown[] = [];
  readonly lists = new Map<string, { token: Uint8Array; etag: string }>();
  intercept: Intercept = () => false;
  nextPoll = { fromSeconds: 600, toSeconds: 600 };
  /** Practically none unless set. */
  heartbeatMs = 2 ** 31 - 1;
  now: () => number;
  readonly #verifier: SignatureVerifier;
  readonly #server: Server;
  readonly #listeners = new Set<ServerResponse>();
  #publicKey: Uint8Array | undefined;

  private constructor(verifier: SignatureVerifier, now: () => number) {
    this.#verifier = verifier;
    this.now = now;
    this.audit = new FakeAuditDesk(this.cityKey, verifier, () => this.now());
    this.repository.publishRoot();
    this.publishTargets();
    this.publishList(Math.floor(now() / 1000) - 10);
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  static async open(verifier: SignatureVerifier, now: () => number = Date.now): Promise<FakeCity> {
    const city = new FakeCity(verifier, now);
    city.#server.listen(0, '127.0.0.1');
    await once(city.#server, 'listening');
    return city;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  get firstRoot(): Uint8Array {
    return this.repository.files.get('1.root.json') ?? new Uint8Array(0);
  }

  get enrolmentCode(): string {
    return formatEnrolmentCode({ secret: this.secret, rootFingerprint: rootFingerprint(this.firstRoot) });
  }

  /** Stands for an enrolment that already happened. */
  know(publicKey: Uint8Array): void {
    this.#publicKey = publicKey;
    this.audit.know(publicKey);
  }

  publishTargets(lists: readonly string[] = [LIST_URI], catalogueVersion = 1): void {
    const issuer: Issuer = {
      iss: 'https://issuer.example',
      names: { zh: '甲', en: 'A' },
      keys: [
        {
          kid: kidOf(this.issuerKey.publicKey),
          x: this.issuerKey.publicKey,
          nbf: 0,
          exp: 4_000_000_000,
          uses: ['status'],
          kinds: [],
        },
      ],
      statusLists: lists.map((uri) => ({ uri, entries: 1024 })),
    };
    const keys = [{ x: this.cityKey.publicKey, uses: ['receipt', 'time', 'resolve'] as const }];
    this.repository.publish(
      new Map([
        ['issuers.cbor', encodeIssuers([issuer])],
        ['city.json', json(toCityKeysJson({ keys, auditKey: new Uint8Array(32).fill(9) }))],
        ['catalogue.json', json({ version: catalogueVersion, kinds: [], services: [] })],
      ]),
    );
  }

  publishList(iat: number, uri = LIST_URI, bitmap = new Uint8Array(128)): void {
    const token = issueStatusList({ uri, iat, exp: iat + 86_400, bits: 1, bitmap }, this.issuerKey);
    const etag = `"${createHash('sha256').update(token).digest('hex')}"`;
    this.lists.set(uri, { token, etag });
  }

  hint(event: string, data: object): void {
    for (const one of this.#listeners) one.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** How often this was asked; a prefix is enough. */
  count(prefix: string): number {
    return this.asked.filter((line) => line.startsWith(prefix)).length;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = new Uint8Array(Buffer.concat(chunks));
    const path = request.url ?? '';
    this.asked.push(`${request.method} ${path}`);
    if (this.intercept(request, response, body)) return;
    if (path === ROUTE.enrol) this.#enrol(response, body);
    else if (path === ROUTE.time) this.#time(response, body);
    else if (path.startsWith(ROUTE.trust)) this.#trust(response, path.slice(ROUTE.trust.length));
    else if (path.startsWith(ROUTE.status)) this.#status(request, response, path.slice(ROUTE.status.length));
    else if (path === ROUTE.audit) this.audit.answer(response, body);
    else if (path === ROUTE.report) this.#report(response, body);
    else if (path === ROUTE.changes) this.#changes(response);
    else refuse(response, 404, 'not-found');
  }

  #enrol(response: ServerResponse, body: Uint8Array) {
    const wish = JSON.parse(Buffer.from(body).toString('utf8'));
    const publicKey = new Uint8Array(Buffer.from(wish.publicKey, 'base64url'));
    const proof = new Uint8Array(Buffer.from(wish.request, 'base64url'));
    const opened = openTerminalRequest(proof, ROUTE.enrol, publicKey, this.#verifier);
    if (!opened.ok) return refuse(response, 401, 'not-proved');
    const { code } = JSON.parse(Buffer.from(opened.value.body).toString('utf8'));
    if (code !== Buffer.from(this.secret).toString('base64url')) return refuse(response, 403, 'code-unknown');
    if (this.#publicKey && Buffer.compare(this.#publicKey, publicKey) !== 0) {
      return refuse(response, 409, 'code-used');
    }
    this.know(publicKey);
    const terminalId = Buffer.from(terminalIdOf(publicKey)).toString('hex');
    const root = Buffer.from(this.firstRoot).toString('base64url');
    send(response, 201, 'application/json', json({ terminalId, root }));
  }

  #time(response: ServerResponse, requestId: Uint8Array): void {
    send(
      response,
      200,
      COSE_MEDIA_TYPE,
      sealTimeAnswer({ requestId, unixMs: Math.round(this.now()) }, this.cityKey),
    );
  }

  #trust(response: ServerResponse, path: string) {
    const file = this.repository.files.get(path);
    if (!file) return refuse(response, 404, 'not-found');
    send(response, 200, path.endsWith('.json') ? 'application/json' : 'application/octet-stream', file);
  }

  #status(request: IncomingMessage, response: ServerResponse, path: string) {
    const list = this.lists.get(decodeURIComponent(path));
    if (!list) return refuse(response, 404, 'not-found');
    response.setHeader('etag', list.etag);
    if (request.headers['if-none-match'] === list.etag) response.writeHead(304).end();
    else send(response, 200, 'application/statuslist+cwt', list.token);
  }

  #report(response: ServerResponse, body: Uint8Array) {
    const key = this.#publicKey ?? new Uint8Array(32);
    const opened = openTerminalRequest(body, ROUTE.report, key, this.#verifier);
    if (!opened.ok) return refuse(response, 401, 'not-proved');
    if (Math.abs(opened.value.iat * 1000 - this.now()) > 300_000) return refuse(response, 401, 'clock');
    this.reports.push(JSON.parse(Buffer.from(opened.value.body).toString('utf8')));
    send(response, 200, 'application/json', json({ nextPoll: this.nextPoll }));
  }

  #changes(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': here\n\n');
    this.#listeners.add(response);
    const heartbeat = setInterval(() => response.write(': still here\n\n'), this.heartbeatMs);
    response.on('close', () => {
      clearInterval(heartbeat);
      this.#listeners.delete(response);
    });
  }
}

export function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
  response.end(JSON.stringify({ type: 'about:blank', title: code, status, detail: code, code }));
}

export function send(response: ServerResponse, status: number, type: string, bytes: Uint8Array): void {
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length }).end(bytes);
}

function json(value: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(value)));
}
