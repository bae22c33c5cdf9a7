import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { AgentClock } from './agent-clock.ts';
import { type Network, NetworkError, type NetworkRequest, type NetworkResponse } from './network.ts';

/** Until TCP and TLS stand. */
export const CONNECT_TIMEOUT_MS = 10_000;
const MAX_SOCKETS = 8;

/**
 * Node's own HTTP client: it follows no redirect and inflates nothing, which is what is wanted here.
 *
 * @param ca certificates (PEM) trusted instead of the usual ones.
 */
export function nodeNetwork(clock: AgentClock, ca?: string): Network {
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS, ...(ca === undefined ? {} : { ca }) };
  const agents = {
    plain: new HttpAgent(options),
    judged: new HttpsAgent({ ...options, minVersion: 'TLSv1.3' }),
    // rejectUnauthorized off only moves the decision to `outOfDatesAtMost` below
    tolerated: new HttpsAgent({ ...options, minVersion: 'TLSv1.3', rejectUnauthorized: false }),
  };
  const send = (wanted: NetworkRequest, signal: AbortSignal) =>
    new Promise<NetworkResponse>((resolve, reject) => {
      const { method, url, headers } = wanted;
      const common = { method, headers, signal };
      const request =
        url.protocol === 'https:'
          ? requestHttps(url, { ...common, agent: agents[wanted.certificateDates] })
          : requestHttp(url, { ...common, agent: agents.plain });
      watchConnecting(request, clock);
      if (wanted.certificateDates === 'tolerated') outOfDatesAtMost(request);
      request.once('response', (response) => resolve(answerOf(response)));
      request.on('error', (error) => reject(new SendFailure(toNetworkError(error), request.reusedSocket)));
      request.end(wanted.body);
    });
  return {
    async request(wanted, signal) {
      for (let first = true; ; first = false) {
        try {
          return await send(wanted, signal);
        } catch (error) {
          if (!(error instanceof SendFailure)) throw error;
          // the city closed an idle connection just as it was used again: not a fault of the network
          const stale = error.reusedSocket && error.cause.code === 'ECONNRESET';
          if (!first || !stale || signal.aborted) throw error.cause;
        }
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

class SendFailure extends Error {
  override readonly cause: NetworkError;
  readonly reusedSocket: boolean;

  constructor(cause: NetworkError, reusedSocket: boolean) {
    super(cause.message);
    this.cause = cause;
    this.reusedSocket = reusedSocket;
  }
}

function watchConnecting(request: ClientRequest, clock: AgentClock): void {
  const connected = new AbortController();
  request.once('close', () => connected.abort());
  request.once('socket', (socket) => {
    if (!socket.connecting) return connected.abort();
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => connected.abort());
  });
  void clock.sleep(CONNECT_TIMEOUT_MS, connected.signal).then(() => {
    if (!connected.signal.aborted) request.destroy(new NetworkError('timeout', 'CONNECT'));
  });
}

/** OpenSSL reports only the last fault it met, so this is no proof of the chain: hence only for self-signed contents. */
function outOfDatesAtMost(request: ClientRequest): void {
  request.once('socket', (socket) => {
    if (!(socket instanceof TLSSocket)) return;
    const judge = () => {
      const code = socket.authorizationError;
      if (code && !DATE_FAULTS.has(String(code))) {
        request.destroy(new NetworkError('certificate', String(code)));
      }
    };
    if (socket.connecting) socket.once('secureConnect', judge);
    else judge();
  });
}

const DATE_FAULTS: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

function answerOf(response: IncomingMessage): NetworkResponse {
  return {
    status: response.statusCode ?? 0,
    header(name) {
      const value = response.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: bodyOf(response),
    discard: () => response.destroy(),
  };
}

async function* bodyOf(response: IncomingMessage): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of response) yield chunk;
  } catch (error) {
    throw toNetworkError(error);
  }
}

function toNetworkError(error: unknown): NetworkError {
  if (error instanceof NetworkError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const kind = CERTIFICATE_CODES.test(code) ? 'certificate' : code === 'ETIMEDOUT' ? 'timeout' : 'offline';
  return new NetworkError(kind, code);
}

/** Node's names for a chain, host name or date that doesn't hold. */
const CERTIFICATE_CODES = /CERT|UNABLE_TO_|SELF_SIGNED|ERR_TLS|ERR_SSL|HOSTNAME/;
