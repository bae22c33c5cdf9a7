import type { ServerResponse } from 'node:http';
import { ALIVE_EVENT, ALIVE_EVERY_MS, type Face, type View } from '../../contract.ts';

export const MAX_STREAMS = 16;
/** A page that doesn't read is cut off before its backlog costs memory; it reconnects and gets the state anew. */
const MAX_BACKLOG_BYTES = 256 * 1024;

interface Source {
  view(face: Face): View;
  onChange(listener: () => void): () => void;
}

/** Server-sent view states: the current one at once, then one for each change. */
export class ViewStreams {
  readonly #source: Source;
  readonly #streams = new Map<ServerResponse, Face>();
  readonly #unsubscribe: () => void;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(source: Source) {
    this.#source = source;
    this.#unsubscribe = source.onChange(() => this.#sendAll());
    this.#heartbeat = setInterval(() => this.#beat(), ALIVE_EVERY_MS);
  }

  get full(): boolean {
    return this.#streams.size >= MAX_STREAMS;
  }

  /** Takes over a response whose headers were not sent yet. */
  add(response: ServerResponse, face: Face): void {
    response.writeHead(200, {
      ...response.getHeaders(),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    this.#streams.set(response, face);
    response.on('close', () => this.#streams.delete(response));
    this.#send(response, face);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#unsubscribe();
    for (const response of this.#streams.keys()) response.end();
    this.#streams.clear();
  }

  #sendAll(): void {
    for (const [response, face] of this.#streams) this.#send(response, face);
  }

  #send(response: ServerResponse, face: Face): void {
    this.#write(response, `data: ${JSON.stringify(this.#source.view(face))}\n\n`);
  }

  #beat(): void {
    for (const response of this.#streams.keys()) this.#write(response, `event: ${ALIVE_EVENT}\ndata: \n\n`);
  }

  #write(response: ServerResponse, text: string): void {
    if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy();
    else response.write(text);
  }
}
