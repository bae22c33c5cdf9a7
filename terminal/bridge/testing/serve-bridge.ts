import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';
import { onTestFinished } from 'vitest';
import { bridgeRoutes } from '../../hosts/web/bridge-routes.ts';
import { guard } from '../../hosts/web/guard.ts';
import { listenOnLoopback } from '../../hosts/web/listen.ts';
import { ask, type HttpAnswer, type HttpQuestion } from '../../testing/http.ts';
import { type DemoBridge, demoBridge } from './demo-bridge.ts';

export const CLIENT_FOLDER = fileURLToPath(new URL('../client', import.meta.url));

export interface ServedBridge extends DemoBridge {
  readonly port: number;
  /** Asks a path of the bridge. @param token the hospital's, unless said otherwise; null: none. */
  ask(path: string, question?: HttpQuestion, token?: string | null): Promise<HttpAnswer>;
  /** Stops serving, and serves the same bridge at the same port again. */
  restart(): Promise<void>;
}

/** A demo bridge behind the web host's guard and a real server; closed when the test has finished. */
export async function serveBridge(): Promise<ServedBridge> {
  const demo = demoBridge();
  let server = await listen(demo, 0);
  onTestFinished(() => server.close());
  const { port } = server;
  return {
    ...demo,
    port,
    ask: (path, { headers = {}, ...question } = {}, token = demo.his) => {
      const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
      return ask(port, { ...question, path: `/bridge/v1${path}`, headers: { ...authorization, ...headers } });
    },
    restart: async () => {
      await server.close();
      server = await listen(demo, port);
    },
  };
}

/** A PUT of a request. */
export function putOf(body: unknown, headers: Readonly<Record<string, string>> = {}): HttpQuestion {
  return {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

export interface EventStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  text(): string;
  ended(): boolean;
}

/** Opens the event stream and waits for its headers; closed when the test has finished. */
export function openEvents(
  { port, his }: ServedBridge,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStream> {
  const path = '/bridge/v1/events';
  const asked = request({
    host: '127.0.0.1',
    port,
    path,
    headers: { authorization: `Bearer ${his}`, ...headers },
    agent: false,
  });
  onTestFinished(() => void asked.destroy());
  return new Promise((resolve, reject) => {
    asked.on('error', reject);
    asked.on('response', (response) => {
      let text = '';
      response.on('error', () => asked.destroy()); // the server ended it, as some tests want
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: () => text,
        ended: () => response.closed || response.readableEnded,
      });
    });
    asked.end();
  });
}

async function listen({ bridge }: DemoBridge, wish: number) {
  const server = Fastify({ forceCloseConnections: true });
  guard(server);
  await server.register(bridgeRoutes, { bridge, clientFolder: CLIENT_FOLDER });
  const port = await listenOnLoopback(server, { port: wish, exact: true });
  return { port, close: () => server.close() };
}
