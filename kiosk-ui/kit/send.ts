import {
  COMMAND_ROUTE,
  type Command,
  type CommandAnswer,
  type Face,
  LOGIN_ROUTE,
  type Login,
} from '../../terminal/contract.ts';

/** How long an answer may take. The terminal is on the same machine, but a look-up waits up to 5 s for the city. */
export const ANSWER_TIMEOUT_MS = 10_000;

export type SendResult = CommandAnswer | 'not-answered';

/** Hands one command of a face to the terminal. Never throws: a terminal that doesn't answer is a result. */
export function send(command: Command, face: Face): Promise<SendResult> {
  return ask('POST', `${COMMAND_ROUTE}?face=${face}`, command);
}

/** Logs somebody in. Never throws, and never logs what was typed. */
export function logIn(login: Login): Promise<SendResult> {
  return ask('POST', LOGIN_ROUTE, login);
}

/** Logs whoever is logged in out. Never throws. */
export function logOut(): Promise<SendResult> {
  return ask('DELETE', LOGIN_ROUTE);
}

async function ask(method: 'POST' | 'DELETE', route: string, body?: Command | Login): Promise<SendResult> {
  try {
    const response = await fetch(route, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    const answer: unknown = await response.json();
    if (isCommandAnswer(answer)) return answer;
    console.error('the terminal gave no answer this page understands', method, route, response.status);
  } catch (error) {
    console.error('not sent', method, route, error);
  }
  return 'not-answered';
}

function isCommandAnswer(value: unknown): value is CommandAnswer {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  return value.ok === true || (value.ok === false && 'reason' in value && typeof value.reason === 'string');
}
