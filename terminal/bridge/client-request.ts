import { z } from 'zod';
import {
  type BridgeClient,
  type BridgeClients,
  clientName,
  clientOrigins,
  clientServices,
} from './bridge-clients.ts';

/** What the command line asks of the running terminal about the bridge's clients. */
export const bridgeRequestSchema = z.strictObject({
  command: z.literal('bridge'),
  action: z.enum(['add', 'remove', 'list']),
  name: clientName.optional(),
  origins: clientOrigins.optional(),
  services: clientServices.optional(),
});

export type BridgeClientRequest = z.infer<typeof bridgeRequestSchema>;

/** A client as the list shows it. */
export type ListedClient = Omit<BridgeClient, 'tokenHash'>;

export type BridgeClientAnswer =
  | { readonly ok: true; readonly token?: string; readonly clients?: readonly ListedClient[] }
  | { readonly ok: false; readonly error: string };

/** Adds, removes or lists; what it changes is on disk when it answers. */
export function manageClients(clients: BridgeClients, request: BridgeClientRequest): BridgeClientAnswer {
  const { action, name, origins, services } = request;
  switch (action) {
    case 'add': {
      if (!name || !origins) return { ok: false, error: 'a client needs a name and an origin' };
      const added = clients.add({ name, origins, ...(services ? { services } : {}) });
      return typeof added === 'string' ? { ok: false, error: added } : { ok: true, token: added.token };
    }
    case 'remove': {
      if (!name) return { ok: false, error: 'which client?' };
      const error = clients.remove(name);
      return error === undefined ? { ok: true } : { ok: false, error };
    }
    case 'list': {
      if (clients.fault !== undefined) return { ok: false, error: clients.fault };
      return { ok: true, clients: clients.all().map(listed) };
    }
    default:
      return action satisfies never;
  }
}

function listed({ tokenHash: _, ...client }: BridgeClient): ListedClient {
  return client;
}
