/** Where a listener's events go: an open response at the edge, a list in a test. */
export interface EventSink {
  /** @param id what to give as Last-Event-ID to go on from here. */
  send(name: string, data: object, id: string): void;
  /** Ends it: its client has opened too many, is admitted no longer, or the terminal stops. */
  end(): void;
}

export interface Listener {
  /** Name of the client. */
  readonly client: string;
  readonly sink: EventSink;
}

/** Open pages of one business system at one terminal; one more ends the oldest. */
export const MAX_STREAMS_PER_CLIENT = 4;

/** Who listens to events, longest first. */
export class Listeners {
  readonly #open = new Set<Listener>();

  add(listener: Listener): void {
    const ofClient = [...this.#open].filter(({ client }) => client === listener.client);
    const [oldest] = ofClient;
    if (oldest && ofClient.length >= MAX_STREAMS_PER_CLIENT) this.#end(oldest);
    this.#open.add(listener);
  }

  remove(listener: Listener): void {
    this.#open.delete(listener);
  }

  all(): readonly Listener[] {
    return [...this.#open];
  }

  endAll(client?: string): void {
    for (const listener of this.all()) {
      if (client === undefined || listener.client === client) this.#end(listener);
    }
  }

  #end(listener: Listener): void {
    this.#open.delete(listener);
    listener.sink.end();
  }
}
