import type { ServerResponse } from 'node:http';
import type { EventSink } from '../../bridge/listeners.ts';

/** A comment this often tells the client that its terminal is there. */
export const BRIDGE_ALIVE_MS = 5000;
/** A page that doesn't read is cut off before its backlog costs memory; it reconnects by Last-Event-ID. */
export const MAX_BRIDGE_BACKLOG_BYTES = 256 * 1024;
/** What a client waits before it comes back. */
const RETRY_MS = 1000;

/** Server-sent events on a response whose headers were not sent yet. @param headers of the reply it was hijacked from */
export class BridgeStream implements EventSink {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const alive = setInterval(() => this.#write(': alive\n\n'), BRIDGE_ALIVE_MS);
    response.on('close', () => clearInterval(alive));
    this.#write(`retry: ${RETRY_MS}\n\n`);
  }

  send(name: string, data: object, id: string): void {
    this.#write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    // not `end`: whoever reads nothing would keep it open
    this.#response.destroy();
  }

  #write(text: string): void {
    if (this.#response.writableLength > MAX_BRIDGE_BACKLOG_BYTES) this.#response.destroy();
    else this.#response.write(text);
  }
}
