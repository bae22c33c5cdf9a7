import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { replaceFile } from '../store/replace-file.ts';
import { isBridgeOrigin } from './bridge-origin.ts';

/** A terminal stands next to one or two business systems; more than these are a mistake. */
export const MAX_BRIDGE_CLIENTS = 16;
/** Of a token: nobody guesses 256 bits, so its plain SHA-256 can be kept. */
const TOKEN_BYTES = 32;
const MAX_FILE_BYTES = 64 * 1024;

export const clientName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'a-z, 0-9 and -, at most 32');
export const clientOrigins = z
  .array(z.string().max(256).refine(isBridgeOrigin, 'not an exact https origin, or http on loopback'))
  .min(1)
  .max(8);
export const clientServices = z
  .array(z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'not the id of a service'))
  .min(1)
  .max(32);

/** A business system that may use this terminal's bridge. */
const bridgeClient = z.strictObject({
  name: clientName,
  /** Its pages; a program that is no browser sends none. */
  origins: clientOrigins,
  /** What it may hear of and receive; absent: every service. */
  services: clientServices.optional(),
  tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
});

export type BridgeClient = Readonly<z.infer<typeof bridgeClient>>;

const file = z.strictObject({ clients: z.array(bridgeClient).max(MAX_BRIDGE_CLIENTS) });

/** The business systems admitted to the bridge. Only the hash of a token is kept, so a copied file opens nothing. */
export class BridgeClients {
  /** Why the file can't be used, in one line; nobody is admitted until it is repaired or removed. */
  readonly fault: string | undefined;
  readonly #path: string;
  readonly #onRemoved = new Set<(name: string) => void>();
  #clients: readonly BridgeClient[];

  constructor(path: string) {
    this.#path = path;
    const read = readClients(path);
    this.fault = typeof read === 'string' ? read : undefined;
    this.#clients = typeof read === 'string' ? [] : read;
  }

  all(): readonly BridgeClient[] {
    return this.#clients;
  }

  get(name: string): BridgeClient | undefined {
    return this.#clients.find((client) => client.name === name);
  }

  /** Looks at every client, so that the time taken says nothing. */
  withToken(token: string): BridgeClient | undefined {
    const hash = Buffer.from(hashOf(token), 'hex');
    let found: BridgeClient | undefined;
    for (const client of this.#clients) {
      if (timingSafeEqual(Buffer.from(client.tokenHash, 'hex'), hash)) found = client;
    }
    return found;
  }

  /** Whether it is a page of any client. */
  knowsOrigin(origin: string): boolean {
    return this.#clients.some(({ origins }) => origins.includes(origin));
  }

  /** Why no client of this name can be added. */
  addFault(name: string): string | undefined {
    if (this.fault !== undefined) return this.fault;
    if (this.get(name)) return `there is a client ${name} already: remove it first`;
    return this.#clients.length < MAX_BRIDGE_CLIENTS
      ? undefined
      : `a terminal has at most ${MAX_BRIDGE_CLIENTS} clients`;
  }

  /** Why the client can't be removed. */
  removeFault(name: string): string | undefined {
    return this.fault ?? (this.get(name) ? undefined : `there is no client ${name}`);
  }

  /** @returns its token, which can't be had again, or why it was not added. */
  add(wish: Omit<BridgeClient, 'tokenHash'>): { readonly token: string } | string {
    const fault = this.addFault(wish.name);
    if (fault !== undefined) return fault;
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.#keep([...this.#clients, { ...wish, tokenHash: hashOf(token) }]);
    return { token };
  }

  /** @returns why it could not be removed. */
  remove(name: string): string | undefined {
    const fault = this.removeFault(name);
    if (fault !== undefined) return fault;
    this.#keep(this.#clients.filter((client) => client.name !== name));
    for (const listener of this.#onRemoved) listener(name);
    return undefined;
  }

  /** @returns a function that stops listening. */
  onRemoved(listener: (name: string) => void): () => void {
    this.#onRemoved.add(listener);
    return () => this.#onRemoved.delete(listener);
  }

  #keep(clients: readonly BridgeClient[]): void {
    replaceFile(this.#path, `${JSON.stringify({ clients }, null, 2)}\n`);
    this.#clients = clients;
  }
}

/** Whether the client may hear of this service's verdicts and take its licences. */
export function isAllowed({ services }: BridgeClient, service: string): boolean {
  return services?.includes(service) ?? true;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function readClients(path: string): readonly BridgeClient[] | string {
  const read = readJson(path);
  if (read === undefined) return [];
  if (!read.ok) return `${path}: not JSON`;
  const parsed = file.safeParse(read.json);
  if (!parsed.success) return `${path}: ${z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, ' ')}`;
  const names = parsed.data.clients.map(({ name }) => name);
  if (new Set(names).size !== names.length) return `${path}: a client stands twice`;
  return parsed.data.clients;
}

/** @returns undefined where there is no file: no client was ever added. */
function readJson(path: string): { readonly ok: true; readonly json: unknown } | { ok: false } | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > MAX_FILE_BYTES) return { ok: false };
    return { ok: true, json: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false };
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
