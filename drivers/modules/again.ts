import type { CommandResult } from '../capabilities.ts';
import type { Ask, Command, Reply } from './module.ts';

/** How often a command is sent anew because the module asked for it (Zebra SSI: two resends). */
const MAX_RESENDS = 2;

/** What a module says to a command: a reply, or that it came through garbled and is wanted again. */
export type ReplyOrAgain<T> = Reply<T> | { readonly name: 'again' };

/** Asks, and asks again where the module heard the command garbled. */
export async function askAgain<T>(
  ask: Ask,
  command: Omit<Command<T>, 'read'>,
  read: (answer: Uint8Array) => ReplyOrAgain<T> | undefined,
): Promise<CommandResult<T>> {
  for (let sent = 0; sent <= MAX_RESENDS; sent++) {
    const reply = await ask<Heard<T>>({ ...command, read: (answer) => heard(read(answer)) });
    if (!reply.ok) return reply;
    if (reply.value.name === 'value') return { ok: true, value: reply.value.value };
  }
  return { ok: false, reason: 'refused', detail: `${command.name}: it always came through garbled` };
}

type Heard<T> = { readonly name: 'value'; readonly value: T } | { readonly name: 'again' };

function heard<T>(reply: ReplyOrAgain<T> | undefined): Reply<Heard<T>> | undefined {
  if (reply === undefined) return undefined;
  if ('name' in reply) return { ok: true, value: reply };
  return reply.ok ? { ok: true, value: { name: 'value', value: reply.value } } : reply;
}
