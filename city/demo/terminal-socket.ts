import { connect } from 'node:net';
import { z } from 'zod';

/** From connecting to the terminal's answer. */
export const TERMINAL_TIMEOUT_MS = 3000;
/** The answer is one short line; more than this is no terminal. */
const MAX_ANSWER_BYTES = 4096;

export type Handed =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: 'terminal-not-running' | 'terminal-timeout' | 'terminal-answer' | 'terminal-refused';
      readonly detail: string;
    };

const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);

/**
 * Hands a code's text to a running terminal as if its scanner had read it: one JSON line there, one back.
 *
 * @param socket path of the terminal's Unix socket.
 */
export function showToTerminal(
  socket: string,
  text: string,
  timeoutMs = TERMINAL_TIMEOUT_MS,
): Promise<Handed> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    let received = '';
    const finish = (handed: Handed) => {
      clearTimeout(timer);
      connection.destroy();
      resolve(handed);
    };
    const timer = setTimeout(
      () => finish(fault('terminal-timeout', `no answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    connection.setEncoding('utf8');
    connection.on('connect', () => connection.write(`${JSON.stringify({ command: 'show', text })}\n`));
    connection.on('data', (chunk: string) => {
      received += chunk;
      const end = received.indexOf('\n');
      if (end >= 0) finish(readAnswer(received.slice(0, end)));
      else if (received.length > MAX_ANSWER_BYTES) finish(fault('terminal-answer', 'the answer has no end'));
    });
    connection.on('error', (error: NodeJS.ErrnoException) => {
      const absent = error.code === 'ENOENT' || error.code === 'ECONNREFUSED';
      finish(fault(absent ? 'terminal-not-running' : 'terminal-answer', error.code ?? error.message));
    });
    connection.on('close', () => finish(fault('terminal-answer', 'closed without an answer')));
  });
}

function readAnswer(line: string): Handed {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return fault('terminal-answer', 'not JSON');
    throw error;
  }
  const parsed = answer.safeParse(json);
  if (!parsed.success) return fault('terminal-answer', 'not an answer to "show"');
  return parsed.data.ok ? { ok: true } : fault('terminal-refused', parsed.data.error);
}

function fault(code: Extract<Handed, { ok: false }>['code'], detail: string): Handed {
  return { ok: false, code, detail };
}
