import type { PtyPair } from '../../drivers/testing/pty-pair.ts';
import { COMMAND_ROUTE, VIEW_ROUTE, type View } from '../../terminal/contract.ts';

interface Seen {
  readonly outcome: string;
  readonly reason: string;
  /** From the last byte written to the line to the view state received over loopback. */
  readonly ms: number;
}

/** Plays the scanner at one end and the kiosk's screen at the other. */
export class ScanWatch {
  readonly #url: string;
  readonly #cable: PtyPair;
  readonly #stop: AbortController;
  #view: View | undefined;
  #arrived: (() => void) | undefined;

  private constructor(url: string, cable: PtyPair, stop: AbortController) {
    this.#url = url;
    this.#cable = cable;
    this.#stop = stop;
  }

  static async open(url: string, cable: PtyPair): Promise<ScanWatch> {
    const stop = new AbortController();
    const watch = new ScanWatch(url, cable, stop);
    const stream = await fetch(new URL(`${VIEW_ROUTE}?face=kiosk`, url), { signal: stop.signal });
    if (!stream.body) throw new Error('no view stream');
    void watch.#read(stream.body);
    await watch.#until((view) => view.screen.name === 'inviting');
    return watch;
  }

  async scan(code: string | Uint8Array): Promise<Seen> {
    // so that the very same bytes are judged again; the clearing screen needs no waiting for
    await this.#dismiss();
    const last = this.#view?.screen.name === 'verdict' ? this.#view.screen.number : 0;
    const bytes = typeof code === 'string' ? Buffer.from(code, 'utf8') : code;
    await this.#cable.write(bytes);
    // let the terminal take in all but the terminator, so that only the way from the last byte is timed
    await new Promise((resolve) => setTimeout(resolve, 15));
    const began = performance.now();
    await this.#cable.write('\r');
    const view = await this.#until(({ screen }) => screen.name === 'verdict' && screen.number > last);
    const ms = performance.now() - began;
    if (view.screen.name !== 'verdict') throw new Error('no verdict');
    return { outcome: view.screen.outcome, reason: view.screen.reason, ms };
  }

  close(): void {
    this.#stop.abort();
  }

  async #dismiss(): Promise<void> {
    await fetch(new URL(`${COMMAND_ROUTE}?face=kiosk`, this.#url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'dismiss' }),
    });
  }

  async #until(holds: (view: View) => boolean): Promise<View> {
    for (;;) {
      if (this.#view && holds(this.#view)) return this.#view;
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    try {
      const decoder = new TextDecoder();
      for await (const chunk of body) {
        text += decoder.decode(chunk, { stream: true });
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const data = text.slice(0, end).match(/^data: (\{.*)$/m)?.[1];
          text = text.slice(end + 2);
          if (data) {
            this.#view = JSON.parse(data);
            this.#arrived?.();
          }
        }
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
  }
}
