/**
 * Client of a Liangzheng terminal's bridge, for a business system's page on the same machine (docs/bridge.md).
 * A module without dependencies: import it from the terminal, or keep a copy.
 *
 * @typedef {{service: string, inService: boolean}} State
 * @typedef {{service: string, number: number, outcome: string, reason: string, kind?: string, signed: string}} Verdict
 * @typedef {{request: string, receipt: string, claims: object}} HandedOn
 * @typedef {{id: string, state: string, expiresInSeconds?: number, receipt?: string}} Request
 * @typedef {object} Options
 * @property {string} token from `liangzheng bridge add`
 * @property {string} [url] address of the terminal
 * @property {(state: State) => void} [onState]
 * @property {(verdict: Verdict) => void} [onVerdict]
 * @property {(handedOn: HandedOn) => unknown} [onHandedOn] told again after a reconnection where it throws or rejects
 * @property {(trouble: Error) => void} [onTrouble] every time the connection is lost or refused; it is tried again
 */

/** The terminal says every 5 s that it is there. */
const SILENCE_MS = 15_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/** A refusal of the terminal; decide by `code`. */
export class BridgeError extends Error {
  /** @param {{code?: string, title?: string, status: number}} problem @param {number} waitMs by Retry-After */
  constructor({ code = 'internal', title = '', status }, waitMs) {
    super(`${code}: ${title}`);
    this.code = code;
    this.status = status;
    this.waitMs = waitMs;
  }
}

/** Listens to the terminal until closed, through restarts of it. @param {Options} options */
export function connect({ token, url = 'http://127.0.0.1:7080', ...on }) {
  const base = `${url}/bridge/v1`;
  const closing = new AbortController();
  void listen(base, token, on, closing.signal);
  const call = async (path, init) => (await ask(base + path, token, init)).json();
  return {
    /** The next accepted licence is for this. The same id and wish again is answered with how it fares.
     *  @param {{id?: string, businessType?: string, matter?: string, caseNo?: string, expiresInSeconds?: number}} [wish]
     *  @returns {Promise<Request>} */
    request: ({ id = crypto.randomUUID(), ...body } = {}) =>
      call(`/requests/${id}`, { method: 'PUT', headers: JSON_TYPE, body: JSON.stringify(body) }),
    /** @param {string} id @returns {Promise<Request>} */
    look: (id) => call(`/requests/${id}`),
    /** @param {string} id @returns {Promise<Request>} */
    cancel: (id) => call(`/requests/${id}`, { method: 'DELETE' }),
    /** The receipt is safe with the business system: the terminal forgets it. @param {string} id */
    acknowledge: async (id) => {
      await ask(`${base}/requests/${id}/acknowledgement`, token, { method: 'POST' });
    },
    /** Which terminal this is, and the public key of its receipts. */
    terminal: () => call('/terminal'),
    close: () => closing.abort(),
  };
}

/** What a receipt says. Nothing of it is proved by reading it. @param {string} receipt @returns {object} */
export function claimsOf(receipt) {
  return JSON.parse(new TextDecoder().decode(fromBase64url(receipt.split('.')[1])));
}

/**
 * Checks a signature in the page. That is for a page's own eyes: whoever relies on a receipt checks it on a server.
 *
 * @param {string} receipt @param {JsonWebKey} publicKey of the terminal
 * @returns {Promise<'valid' | 'invalid' | 'unknown'>} unknown where the browser has no Ed25519
 */
export async function checkReceipt(receipt, { kty, crv, x }) {
  const [header, payload, signature] = receipt.split('.');
  let key;
  try {
    key = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']);
  } catch {
    return 'unknown';
  }
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  return (await crypto.subtle.verify('Ed25519', key, fromBase64url(signature), signed)) ? 'valid' : 'invalid';
}

const JSON_TYPE = { 'content-type': 'application/json' };

async function listen(base, token, on, closed) {
  const place = { lastId: undefined, waitMs: FIRST_WAIT_MS };
  while (!closed.aborted) {
    try {
      await follow(`${base}/events`, token, on, place, closed);
    } catch (error) {
      if (!closed.aborted) on.onTrouble?.(error);
      place.waitMs = Math.max(place.waitMs, error.waitMs ?? 0);
    }
    if (closed.aborted) return;
    await new Promise((resolve) => setTimeout(resolve, place.waitMs));
    place.waitMs = Math.min(2 * place.waitMs, LONGEST_WAIT_MS);
  }
}

/** One connection. EventSource can't send a token, so the stream is read by hand. */
async function follow(address, token, on, place, closed) {
  const silence = new AbortController();
  // only what is waited for from the terminal: the page may take its time over an event
  const heard = async (promise) => {
    const timer = setTimeout(() => silence.abort(new Error('the terminal is silent')), SILENCE_MS);
    return promise.finally(() => clearTimeout(timer));
  };
  const headers = place.lastId ? { 'last-event-id': place.lastId } : {};
  const signal = AbortSignal.any([closed, silence.signal]);
  try {
    const { body } = await heard(ask(address, token, { headers, signal }));
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ''; ; ) {
      const { done, value } = await heard(reader.read());
      if (done) throw new Error('the terminal closed the connection');
      const blocks = (text + value).split('\n\n');
      text = blocks.pop();
      for (const block of blocks) await take(block, on, place);
    }
  } finally {
    silence.abort(); // also where the page failed over an event: the stream must not stay open
  }
}

async function take(block, on, place) {
  const lines = block.split('\n').map((line) => line.split(/: (.*)/s));
  const { id, event, data } = Object.fromEntries(lines);
  if (!data) return;
  const told = JSON.parse(data);
  if (event === 'state') on.onState?.(told);
  if (event === 'verdict') on.onVerdict?.(told);
  if (event === 'handed-on') await on.onHandedOn?.({ ...told, claims: claimsOf(told.receipt) });
  if (id) place.lastId = id;
  place.waitMs = FIRST_WAIT_MS;
}

async function ask(address, token, { headers, ...init } = {}) {
  const authorization = `Bearer ${token}`;
  const answer = await fetch(address, { ...init, cache: 'no-store', headers: { ...headers, authorization } });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new BridgeError({ ...problem, status: answer.status }, 1000 * answer.headers.get('retry-after'));
}

function fromBase64url(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
