import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { type Face, VIEW_ROUTE, type View } from '../contract.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface HttpQuestion {
  readonly method?: string;
  readonly path?: string;
  /** `host` too, which `fetch` would not let a test choose. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks a server on loopback and reads its whole answer. */
export function ask(port: number, question: HttpQuestion = {}): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const asked = send(port, question);
    asked.on('error', reject);
    asked.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.end(question.body);
  });
}

/** A screen's view stream, read block by block. */
export interface OpenStream {
  readonly headers: IncomingMessage['headers'];
  /** Everything received so far. */
  text(): string;
  /** Views received so far. */
  views(): View[];
  /** Whether the server has ended it. */
  ended(): boolean;
  close(): void;
}

/** Opens a view stream and waits for its headers; closed when the test has finished. */
export function openStream(port: number, face: Face): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const asked = send(port, { path: `${VIEW_ROUTE}?face=${face}` });
    onTestFinished(() => void asked.destroy());
    asked.on('error', reject);
    asked.on('response', (response) => {
      let text = '';
      response.on('error', () => asked.destroy()); // the server ended it, as some tests want
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      resolve({
        headers: response.headers,
        text: () => text,
        views: () => [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, json = '']) => JSON.parse(json)),
        ended: () => response.closed || response.readableEnded,
        close: () => asked.destroy(),
      });
    });
    asked.end();
  });
}

function send(port: number, { method = 'GET', path = '/', headers = {} }: HttpQuestion): ClientRequest {
  return request({ host: '127.0.0.1', port, method, path, headers, agent: false });
}
