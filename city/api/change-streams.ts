import type { ServerResponse } from 'node:http';
import type { Change } from '../store/changes.ts';

/** Streams one server process keeps open; terminals past it poll. */
export const MAX_STREAMS = 2000;
/** A comment line this often keeps proxies from closing a quiet stream. */
export const HEARTBEAT_MS = 15_000;
/** A client that reads so slowly that this much waits for it is cut off; it reconnects and fetches. */
const MAX_WAITING_BYTES = 64 * 1024;

/** The open server-sent event streams of this process, one per terminal. */
export class ChangeStreams {
  /** By the hex id of the terminal behind it. */
  readonly #streams = new Map<string, ServerResponse>();
  #heartbeat: NodeJS.Timeout | undefined;

  /** Starts a stream; one the terminal had before is cut off. @returns false when there are too many. */
  open(terminal: string, response: ServerResponse): boolean {
    // it went while it was being checked: no close event would ever take it off the list
    if (response.destroyed) return true;
    const older = this.#streams.get(terminal);
    if (!older && this.#streams.size >= MAX_STREAMS) return false;
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // nginx would hold small events back
      'x-accel-buffering': 'no',
    });
    this.#streams.set(terminal, response);
    response.on('close', () => {
      if (this.#streams.get(terminal) === response) this.#streams.delete(terminal);
    });
    // not `end`: whoever reads nothing would keep it open
    older?.destroy();
    this.#heartbeat ??= setInterval(() => this.#sendAll(': still here\n\n'), HEARTBEAT_MS);
    this.#send(response, ': hints follow\n\n');
    return true;
  }

  tell(changes: readonly Change[]): void {
    for (const change of changes) {
      const only = change.kind === 'report' && change.name !== '' ? change.name : undefined;
      this.#sendAll(eventOf(change), only);
    }
  }

  /** Ends every stream at once, so that the server can stop. */
  close(): void {
    clearInterval(this.#heartbeat);
    for (const response of this.#streams.values()) response.end();
    this.#streams.clear();
  }

  #sendAll(text: string, only?: string): void {
    for (const [terminal, response] of this.#streams) {
      if (only === undefined || only === terminal) this.#send(response, text);
    }
  }

  #send(response: ServerResponse, text: string): void {
    response.write(text);
    if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
  }
}

function eventOf({ kind, name }: Change): string {
  const data = kind === 'list' ? { uri: name } : {};
  return `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
