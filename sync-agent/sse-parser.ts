/** One event of a text/event-stream (HTML Living Standard §9.2). `id` and `retry` aren't used here. */
export interface SseEvent {
  readonly event: string;
  readonly data: string;
}

export const MAX_SSE_LINE = 4096;
export const MAX_SSE_DATA = 16 * 1024;

/** Bytes in, events out, in any pieces. What is kept between pieces is bounded. */
export class SseParser {
  readonly #decoder = new TextDecoder();
  #line = '';
  #event = '';
  #data: string[] = [];
  #dataLength = 0;
  #afterCr = false;

  /** @returns 'too-large' once a line or an event passes its limit; the parser is of no use after that. */
  push(chunk: Uint8Array): readonly SseEvent[] | 'too-large' {
    const events: SseEvent[] = [];
    for (const character of this.#decoder.decode(chunk, { stream: true })) {
      const afterCr = this.#afterCr;
      this.#afterCr = character === '\r';
      if (character === '\n' && afterCr) continue;
      if (character !== '\n' && character !== '\r') {
        this.#line += character;
        if (this.#line.length > MAX_SSE_LINE) return 'too-large';
        continue;
      }
      const event = this.#endLine();
      if (event) events.push(event);
      if (this.#dataLength > MAX_SSE_DATA) return 'too-large';
    }
    return events;
  }

  #endLine(): SseEvent | undefined {
    const line = this.#line;
    this.#line = '';
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event = value;
    if (field === 'data') {
      this.#data.push(value);
      this.#dataLength += value.length + 1;
    }
    return undefined;
  }

  #dispatch(): SseEvent | undefined {
    const { length } = this.#data;
    const event = { event: this.#event || 'message', data: this.#data.join('\n') };
    this.#event = '';
    this.#data = [];
    this.#dataLength = 0;
    return length > 0 ? event : undefined;
  }
}
