import { connect } from 'node:net';
import { type HealthDocument, readHealthDocument } from '../health/health-document.ts';
import type { DataFolder } from '../store/data-folder.ts';
import { type ControlAnswer, type ControlRequest, MAX_LINE_BYTES } from './control-protocol.ts';

const TIMEOUT_MS = 5000;

/** Asks the running terminal. A terminal that isn't there is an answer, not an exception. */
export function askTerminal(socketPath: string, request: ControlRequest): Promise<ControlAnswer> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let received = '';
    const fail = (error: string) => {
      socket.destroy();
      resolve({ ok: false, error });
    };
    socket.setEncoding('utf8');
    socket.setTimeout(TIMEOUT_MS, () => fail('the terminal did not answer in time'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES') fail(`only the user the terminal runs as may ask it (${socketPath})`);
      else if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') {
        fail(`no terminal is running here (${socketPath})`);
      } else fail(`the terminal did not take the question: ${error.code} (${socketPath})`);
    });
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (received.length > MAX_LINE_BYTES) fail('the terminal answered too much');
    });
    socket.on('end', () => {
      // one whole line: a terminal that ended in the middle of it has not answered
      if (received.endsWith('\n')) resolve(JSON.parse(received));
      else fail('the terminal closed the connection');
    });
  });
}

/** The running terminal's health; undefined when none answers. */
export async function askStatus(folder: DataFolder): Promise<HealthDocument | undefined> {
  const answer = await askTerminal(folder.socket, { command: 'status' });
  return answer.ok ? readHealthDocument(answer.status) : undefined;
}
