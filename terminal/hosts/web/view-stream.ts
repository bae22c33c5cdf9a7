import type { ServerResponse } from 'node:http';
import { ALIVE_EVENT, ALIVE_EVERY_MS, type Face, type View } from '../../contract.ts';

export const MAX_STREAMS_PER_FACE = 8;
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

  /** Takes over a response whose headers were not sent yet. One too many replaces the oldest of its face. */
  add(response: ServerResponse, face: Face): void {
    response.writeHead(200, {
      ...response.getHeaders(),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    this.#makeRoom(face);
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

  /** A page that reconnects must get in, whatever holds the other streams. */
  #makeRoom(face: Face): void {
    const ofFace = [...this.#streams].filter(([, other]) => other === face);
    const [oldest] = ofFace;
    if (!oldest || ofFace.length < MAX_STREAMS_PER_FACE) return;
    this.#streams.delete(oldest[0]);
    // one that doesn't read would never end
    oldest[0].destroy();
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
