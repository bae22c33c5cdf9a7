import type { SigningKey } from '../../licence/issue/signing-key.ts';
import { MAX_RESOLVE_ANSWER_BYTES } from '../../licence/wire/resolve-answer.ts';
import { encodeResolveRequest } from '../../licence/wire/resolve-request.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../../licence/wire/route.ts';
import { sealTerminalRequest } from '../../licence/wire/terminal-request.ts';
import type { ResolveOutcome, ResolveRequest, Resolver } from './resolver.ts';

export interface CityResolverParts {
  /** Base address of the city; undefined before this terminal is enrolled. */
  readonly city: () => string | undefined;
  readonly terminalId: Uint8Array;
  readonly key: SigningKey;
  /** Best time, unix ms. */
  readonly now: () => number;
}

/**
 * Asks the city over HTTP (city-protocol.md, `POST /v1/resolve`). What comes back is not believed here: the answer is
 * signed and is verified like any code. What is asked never stands in an error.
 */
export class CityResolver implements Resolver {
  readonly #parts: CityResolverParts;

  constructor(parts: CityResolverParts) {
    this.#parts = parts;
  }

  async resolve(request: ResolveRequest, signal: AbortSignal): Promise<ResolveOutcome> {
    const city = this.#parts.city();
    if (city === undefined) return open('needs-network', 'this terminal knows no city yet');
    let response: Response;
    try {
      response = await fetch(city + ROUTE.resolve, {
        method: 'POST',
        headers: { 'content-type': COSE_MEDIA_TYPE, accept: COSE_MEDIA_TYPE },
        body: this.#sealed(request),
        // a redirect would carry the number to somebody else
        redirect: 'error',
        signal,
      });
    } catch (error) {
      return open('needs-network', nameOf(error));
    }
    const answer = response.ok ? await boundedBody(response) : undefined;
    if (answer) return { ok: true, answer };
    await response.body?.cancel();
    if (response.ok) return open('city-error', 'no answer of this protocol');
    const { status } = response;
    return open(status === 429 || status >= 500 ? 'city-unavailable' : 'city-error', `HTTP ${status}`);
  }

  #sealed({ requestId, query, service }: ResolveRequest): Uint8Array<ArrayBuffer> {
    const body = encodeResolveRequest(
      query.type === 'code'
        ? { type: 'code', value: query.reference.value, service }
        : { ...query, service, consent: true },
    );
    const { terminalId, key, now } = this.#parts;
    const iat = Math.floor(now() / 1000);
    return Uint8Array.from(
      sealTerminalRequest({ route: ROUTE.resolve, terminalId, iat, requestId, body }, key),
    );
  }
}

function open(reason: Extract<ResolveOutcome, { ok: false }>['reason'], detail: string): ResolveOutcome {
  return { ok: false, reason, detail };
}

/** Messages of fetch may quote addresses; the system's code alone says enough. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}

/** @returns undefined for another media type (a captive portal's page), or more than any answer is. */
async function boundedBody(response: Response): Promise<Uint8Array | undefined> {
  if (response.headers.get('content-type') !== COSE_MEDIA_TYPE || !response.body) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body) {
      length += chunk.length;
      if (length > MAX_RESOLVE_ANSWER_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined; // broken off in the middle
  }
  return new Uint8Array(Buffer.concat(chunks));
}
