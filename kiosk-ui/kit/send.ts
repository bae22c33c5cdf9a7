import { COMMAND_ROUTE, type Command } from '../../terminal/contract.ts';

/** How long a command may take: the terminal is on the same machine. */
const COMMAND_TIMEOUT_MS = 3000;

export type SendResult = 'taken' | 'refused' | 'not-answered';

/** Hands one command to the terminal. Never throws: a terminal that doesn't answer is a result. */
export async function send(command: Command): Promise<SendResult> {
  try {
    const response = await fetch(COMMAND_ROUTE, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
      signal: AbortSignal.timeout(COMMAND_TIMEOUT_MS),
    });
    return response.ok ? 'taken' : 'refused';
  } catch (error) {
    console.error('command not sent', command.type, error);
    return 'not-answered';
  }
}
