import type { AgentClock } from './agent-clock.ts';
import { parseCityAddress } from './city-address.ts';
import { type Fault, failed, type Outcome, succeeded } from './fault.ts';
import { type Network, NetworkError, type NetworkResponse } from './network.ts';
import { MAX_PROBLEM_BYTES, PROBLEM_MEDIA_TYPE, parseProblem } from './problem.ts';
import { parseRetryAfter } from './retry-after.ts';

/** From the first byte out to the answer's head. */
export const HEAD_TIMEOUT_MS = 20_000;
/** Of a whole exchange, body included. */
export const TOTAL_TIMEOUT_MS = 60_000;
/** Asked for when a city says it is busy and not for how long. */
const BUSY_WITHOUT_WORD_MS = 0;

export interface CityRequest {
  readonly method: 'GET' | 'POST';
  /** From `/v1` on. */
  readonly path: string;
  /** Media types the answer may have. */
  readonly accept: readonly string[];
  /** Most an answer's body may have. */
  readonly maxBytes: number;
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  readonly headers?: Readonly<Record<string, string>>;
  readonly certificateDates?: 'judged' | 'tolerated';
}

export interface CityAnswer {
  readonly status: number;
  /** Empty with 304. */
  readonly body: Uint8Array;
  readonly etag: string | null;
}

/** HTTP to one city. Whatever goes wrong is a named fault; nothing here throws for the outside world. */
export class CityClient {
  readonly #city: string | undefined;
  readonly #network: Network;
  readonly #clock: AgentClock;

  /** @param city base URL; an address that isn't allowed makes every request fail with `address`. */
  constructor(city: string, network: Network, clock: AgentClock) {
    this.#city = parseCityAddress(city);
    this.#network = network;
    this.#clock = clock;
  }

  /** One exchange with the body read whole, at most `maxBytes` of it. */
  async send(request: CityRequest, signal: AbortSignal): Promise<Outcome<CityAnswer>> {
    return this.#guarded(signal, TOTAL_TIMEOUT_MS, async (exchange) => {
      const response = await this.#head(request, exchange);
      if (response.status === 304) return this.#unchanged(response);
      const fault = await refusalOf(response, request.accept);
      if (fault) return { ok: false, fault };
      const body = await readCapped(response, request.maxBytes);
      if (!body) return failed('too-large', `more than ${request.maxBytes} bytes`);
      return succeeded({ status: response.status, body, etag: response.header('etag') ?? null });
    });
  }

  /** Opens an answer without an end and hands its bytes to `take`, until that says stop, the stream ends or is aborted. */
  async stream(
    request: CityRequest,
    signal: AbortSignal,
    take: (body: AsyncIterable<Uint8Array>) => Promise<Outcome<void>>,
  ): Promise<Outcome<void>> {
    return this.#guarded(signal, Number.POSITIVE_INFINITY, async (exchange) => {
      const response = await this.#head(request, exchange);
      const judged = new AbortController();
      exchange.limit(TOTAL_TIMEOUT_MS, judged.signal);
      const fault = await refusalOf(response, request.accept).finally(() => judged.abort());
      if (fault) return { ok: false, fault };
      try {
        return await take(response.body);
      } finally {
        response.discard();
      }
    });
  }

  async #unchanged(response: NetworkResponse): Promise<Outcome<CityAnswer>> {
    // it has no body, but only a read answer frees its connection for the next request
    await readCapped(response, 0, null);
    return succeeded({ status: 304, body: new Uint8Array(0), etag: null });
  }

  async #head(request: CityRequest, exchange: Exchange): Promise<NetworkResponse> {
    const { method, body } = request;
    const headed = new AbortController();
    exchange.limit(HEAD_TIMEOUT_MS, headed.signal);
    try {
      return await this.#network.request(
        {
          method,
          url: new URL(this.#city + request.path),
          headers: {
            accept: [...request.accept, PROBLEM_MEDIA_TYPE].join(', '),
            'accept-encoding': 'identity',
            ...(body ? { 'content-type': body.type, 'content-length': String(body.bytes.length) } : {}),
            ...request.headers,
          },
          ...(body ? { body: body.bytes } : {}),
          certificateDates: request.certificateDates ?? 'judged',
        },
        exchange.signal,
      );
    } finally {
      headed.abort();
    }
  }

  async #guarded<T>(
    signal: AbortSignal,
    totalMs: number,
    run: (exchange: Exchange) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    if (this.#city === undefined) return failed('address', 'the city must be https, or http on loopback');
    if (signal.aborted) return failed('cancelled', 'before it was sent');
    const exchange = new Exchange(signal, this.#clock);
    if (Number.isFinite(totalMs)) exchange.limit(totalMs, exchange.signal);
    try {
      return await run(exchange);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (signal.aborted) return failed('cancelled', 'while it was under way');
      if (exchange.late) return failed('timeout', 'no whole answer in time');
      return failed(error.kind, error.code);
    } finally {
      exchange.end();
    }
  }
}

/** One request under way: aborted from outside or by a limit, told apart afterwards. */
class Exchange {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #clock: AgentClock;
  late = false;

  constructor(outer: AbortSignal, clock: AgentClock) {
    this.#outer = outer;
    this.#clock = clock;
    outer.addEventListener('abort', this.end);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  limit(ms: number, met: AbortSignal): void {
    void this.#clock.sleep(ms, met).then(() => {
      if (met.aborted) return;
      this.late = true;
      this.end();
    });
  }

  readonly end = (): void => {
    this.#outer.removeEventListener('abort', this.end);
    this.#controller.abort();
  };
}

/** What an answer's head says against reading its body; undefined when nothing does. */
async function refusalOf(response: NetworkResponse, accept: readonly string[]): Promise<Fault | undefined> {
  const type = mediaType(response);
  const { status } = response;
  if (status >= 400) {
    const bytes = await readCapped(response, MAX_PROBLEM_BYTES);
    const problem = bytes && type === PROBLEM_MEDIA_TYPE ? parseProblem(bytes) : undefined;
    const code = problem?.code ?? null;
    const detail = `status ${status}${code ? `, ${code}` : ''}`;
    if (status === 511) return { name: 'not-the-city', detail };
    if (status === 429 || status === 503) {
      const wait = parseRetryAfter(response.header('retry-after'), response.header('date'));
      return { name: 'busy', detail, retryAfterMs: wait ?? BUSY_WITHOUT_WORD_MS };
    }
    return { name: 'refused', detail, status, code, receipt: problem?.receipt ?? null };
  }
  const strange = strangeness(status, type, accept, response.header('content-encoding'));
  if (strange === undefined) return undefined;
  response.discard();
  return { name: 'not-the-city', detail: strange };
}

function strangeness(
  status: number,
  type: string,
  accept: readonly string[],
  encoding: string | undefined,
): string | undefined {
  if (status >= 300) return `redirected with ${status}`;
  if (status !== 200 && status !== 201) return `status ${status}`;
  if (encoding !== undefined && encoding !== 'identity') return 'a content coding nobody asked for';
  return accept.includes(type) ? undefined : 'content of another type';
}

function mediaType(response: NetworkResponse): string {
  return (response.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** @param declared null where Content-Length means another body (RFC 9110 §8.6). @returns undefined once the body turns out longer; what is left of it stays unread. */
async function readCapped(
  response: NetworkResponse,
  maxBytes: number,
  declared: string | null = response.header('content-length') ?? null,
): Promise<Uint8Array | undefined> {
  if (Number(declared ?? 0) > maxBytes) {
    response.discard();
    return undefined;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > maxBytes) {
      response.discard();
      return undefined;
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
