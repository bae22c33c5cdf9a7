import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { parseEnrolmentCode } from '../../licence/wire/enrolment-code.ts';
import type { DataFolder } from '../store/data-folder.ts';
import { replaceFile } from '../store/replace-file.ts';
import type { Terminal } from '../terminal.ts';
import {
  type ControlAnswer,
  type ControlRequest,
  MAX_LINE_BYTES,
  requestSchema,
} from './control-protocol.ts';

/** sockaddr_un's limit on Linux, without the ending zero. */
const MAX_SOCKET_PATH = 107;
export const MAX_CONNECTIONS = 16;
/** A connection without a byte for this long is closed. */
export const IDLE_MS = 10_000;

/**
 * Listens on the terminal's socket for the command line.
 *
 * @throws if another terminal is running on the same data folder.
 */
export async function startControlServer(
  terminal: Terminal,
  folder: DataFolder,
  idleMs = IDLE_MS,
): Promise<Server> {
  if (Buffer.byteLength(folder.socket) > MAX_SOCKET_PATH) {
    throw new Error(`the data folder's path is too long for a socket: ${folder.socket}`);
  }
  mkdirSync(dirname(folder.socket), { recursive: true, mode: 0o700 });
  const server = createServer((socket) => serve(socket, terminal, folder, idleMs));
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      // two started at the same moment: the other one was first
      reject(
        error.code === 'EADDRINUSE' ? new Error(`a terminal is already running on ${folder.root}`) : error,
      );
    });
    server.listen(folder.socket, resolve);
  });
  chmodSync(folder.socket, 0o600);
  return server;
}

/** Removes the socket a killed terminal left. @throws if a terminal still listens there, be it too busy to answer. */
export async function claimDataFolder(folder: DataFolder): Promise<void> {
  if (!existsSync(folder.socket)) return;
  if (await isListenedTo(folder.socket)) {
    throw new Error(`a terminal is already running on ${folder.root}`);
  }
  rmSync(folder.socket, { force: true });
}

function isListenedTo(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // refused: its process is gone; anything else (a full backlog) is a living one
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  });
}

function serve(socket: Socket, terminal: Terminal, folder: DataFolder, idleMs: number): void {
  let received = '';
  let asked = false;
  socket.setEncoding('utf8');
  socket.setTimeout(idleMs, () => socket.destroy());
  socket.on('error', () => socket.destroy()); // the asker went away: nobody is left to tell
  socket.on('data', (chunk: string) => {
    if (asked) return;
    received += chunk;
    const end = received.indexOf('\n');
    if (end < 0 && received.length <= MAX_LINE_BYTES) return;
    asked = true;
    void answerLine(end < 0 ? '' : received.slice(0, end), terminal, folder)
      .catch((error: Error): ControlAnswer => ({ ok: false, error: error.message }))
      .then((answer) => socket.end(`${JSON.stringify(answer)}\n`));
  });
}

async function answerLine(line: string, terminal: Terminal, folder: DataFolder): Promise<ControlAnswer> {
  const parsed = requestSchema.safeParse(parseJson(line));
  if (!parsed.success) return { ok: false, error: 'not a command of this terminal' };
  return answer(parsed.data, terminal, folder);
}

async function answer(
  request: ControlRequest,
  terminal: Terminal,
  folder: DataFolder,
): Promise<ControlAnswer> {
  switch (request.command) {
    case 'status':
      return { ok: true, status: terminal.status() };
    case 'scanner':
      return terminal.actOnScanner(request.action);
    case 'staff':
      return terminal.manageStaff(request);
    case 'bridge':
      return terminal.manageClients(request);
    case 'show': {
      const screen = await terminal.show(request.text);
      return typeof screen === 'string' ? { ok: false, error: screen } : { ok: true, screen };
    }
    case 'enrol': {
      if (!parseEnrolmentCode(request.code)) return { ok: false, error: 'not an enrolment code' };
      const { city, code, name } = request;
      // the agent may look at any moment
      replaceFile(folder.enrolment, JSON.stringify({ city, code, ...(name ? { name } : {}) }));
      return { ok: true };
    }
    default:
      return request satisfies never;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
