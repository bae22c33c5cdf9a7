import { z } from 'zod';
import type { AuditEventPublic } from '../audit-events.ts';
import {
  type BridgeClient,
  type BridgeClients,
  clientName,
  clientOrigins,
  clientServices,
} from './bridge-clients.ts';

const command = z.literal('bridge');

/** What the command line asks of the running terminal about the bridge's clients. */
export const bridgeRequestSchema = z.discriminatedUnion('action', [
  z.strictObject({ command, action: z.literal('list') }),
  z.strictObject({
    command,
    action: z.literal('add'),
    name: clientName,
    origins: clientOrigins,
    services: clientServices.exactOptional(),
  }),
  z.strictObject({ command, action: z.literal('remove'), name: clientName }),
]);

export type BridgeClientRequest = z.infer<typeof bridgeRequestSchema>;

/** A client as the list shows it. */
export type ListedClient = Omit<BridgeClient, 'tokenHash'>;

/** `clients` in the answer to `list`, `token` in the answer to `add`. */
export type BridgeClientAnswer =
  | { readonly ok: true; readonly token?: string; readonly clients?: readonly ListedClient[] }
  | { readonly ok: false; readonly error: string };

export interface ClientManagement {
  readonly clients: BridgeClients;
  /** Writes the event; durable when it resolves. Rejects where it can't be written. */
  readonly record: (name: 'config-change', facts: AuditEventPublic<'config-change'>) => Promise<unknown>;
}

/**
 * Adds, removes or lists; what it changes is on disk when it answers. A change is in the audit log before it is made; a
 * store that fails rejects.
 */
export async function manageClients(
  request: BridgeClientRequest,
  { clients, record }: ClientManagement,
): Promise<BridgeClientAnswer> {
  if (request.action === 'list') {
    if (clients.fault !== undefined) return { ok: false, error: clients.fault };
    return { ok: true, clients: clients.all().map(listed) };
  }
  const fault = faultOf(request, clients);
  if (fault !== undefined) return { ok: false, error: fault };
  await record('config-change', { what: 'bridge clients', change: changeOf(request) });
  return changed(request, clients);
}

type ClientChange = Exclude<BridgeClientRequest, { readonly action: 'list' }>;

function faultOf({ action, name }: ClientChange, clients: BridgeClients): string | undefined {
  return action === 'add' ? clients.addFault(name) : clients.removeFault(name);
}

/** For the audit log: who, and no token. */
function changeOf({ action, name }: ClientChange): string {
  return action === 'add' ? `${name} added` : `${name} removed`;
}

function changed(change: ClientChange, clients: BridgeClients): BridgeClientAnswer {
  if (change.action === 'remove') {
    const error = clients.remove(change.name);
    return error === undefined ? { ok: true } : { ok: false, error };
  }
  const { name, origins, services } = change;
  const added = clients.add({ name, origins, ...(services ? { services } : {}) });
  return typeof added === 'string' ? { ok: false, error: added } : { ok: true, token: added.token };
}

function listed({ tokenHash: _, ...client }: BridgeClient): ListedClient {
  return client;
}
