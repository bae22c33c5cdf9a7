import type { CommandResult } from '../capabilities.ts';
import type { ScannerFault } from '../scanner.ts';
import type { Command, Pacing } from './module.ts';

/** Commands that wait for their turn; a caller gone mad gets a refusal instead of memory. */
export const MAX_WAITING_COMMANDS = 16;

/** How much of an unknown answer a message shows, in bytes: its kind. A code can look like an answer, and may be personal. */
const SHOWN_BYTES = 2;

export interface DialogueParts {
  readonly pacing: Pacing;
  /** Rejects where the bytes could not be sent. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly onFault: (fault: ScannerFault) => void;
}

/**
 * Talks with one module over one connection: one command at a time, paced, repeated when nothing comes back. What comes
 * back and isn't understood is reported, never taken for a yes.
 */
export class Dialogue {
  readonly #parts: DialogueParts;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #hear: ((answer: Uint8Array) => boolean) | undefined;
  /** Ends what is waited for just now. One at a time waits, so that nothing adds up over the years. */
  #interrupt: (() => void) | undefined;
  #ended = false;

  constructor(parts: DialogueParts) {
    this.#parts = parts;
  }

  /** See `Ask`. */
  readonly ask = <T>(command: Command<T>): Promise<CommandResult<T>> => {
    if (this.#ended) return Promise.resolve(notReady());
    if (this.#waiting >= MAX_WAITING_COMMANDS) {
      return Promise.resolve({ ok: false, reason: 'not-ready', detail: `too many commands wait already` });
    }
    this.#waiting += 1;
    const exchange = this.#last.then(() => this.#exchange(command));
    this.#last = exchange
      .then(({ restMs }) => this.#rest(restMs))
      .catch(() => undefined) // told to whoever asked; the next command goes on
      .finally(() => {
        this.#waiting -= 1;
      });
    return exchange.then(({ result }) => result);
  };

  /** An answer came in, asked for or not. */
  answered(answer: Uint8Array): void {
    if (this.#hear?.(answer)) return;
    this.#parts.onFault({ name: 'unknown-answer', detail: `nobody asked for ${inHex(answer)}` });
  }

  /** The connection is gone: who still waits is told so. */
  end(): void {
    this.#ended = true;
    this.#interrupt?.();
  }

  async #exchange<T>(command: Command<T>): Promise<Exchanged<T>> {
    const { tries, gapMs, timeoutMs } = this.#parts.pacing;
    const roundMs = (command.timeoutMs ?? timeoutMs) + gapMs;
    let result: CommandResult<T> = notReady();
    let repeats = 0;
    for (; repeats < tries && !this.#ended; repeats++) {
      if (repeats > 0) await this.#wake();
      result = await this.#tryOnce(command);
      if (result.ok || result.reason !== 'no-answer') break;
    }
    // Answers to the tries before may still come; answers that don't name their question would be taken for the next one's.
    return { result, restMs: gapMs + Math.min(repeats, tries - 1) * roundMs };
  }

  async #tryOnce<T>(command: Command<T>): Promise<CommandResult<T>> {
    const { read } = command;
    const heard = Promise.withResolvers<CommandResult<T>>();
    this.#interrupt = () => heard.resolve(notReady());
    this.#hear = (answer) => {
      const reply = read?.(answer);
      if (reply) heard.resolve(reply);
      return reply !== undefined || (command.part?.(answer) ?? false);
    };
    let late: NodeJS.Timeout | undefined;
    try {
      const written = await this.#write(command);
      if (!written.ok) return written;
      // only commands that nothing answers have no value to give
      if (!read) return { ok: true, value: undefined as T };
      const limitMs = command.timeoutMs ?? this.#parts.pacing.timeoutMs;
      const detail = `no answer to ${command.name} in ${limitMs} ms`;
      late = setTimeout(() => heard.resolve({ ok: false, reason: 'no-answer', detail }), limitMs);
      return await heard.promise;
    } finally {
      clearTimeout(late);
      this.#hear = undefined;
      this.#interrupt = undefined;
    }
  }

  /** Before a repeat: the gap, and where the family sleeps, what wakes it. */
  async #wake(): Promise<void> {
    const { gapMs, wake } = this.#parts.pacing;
    await this.#rest(gapMs);
    if (!wake || this.#ended) return;
    // it fails where the command after it fails, which says so
    await this.#parts.write(wake.bytes).catch(() => undefined);
    await this.#rest(wake.waitMs);
  }

  async #rest(ms: number): Promise<void> {
    if (this.#ended) return;
    const rested = Promise.withResolvers<void>();
    const timer = setTimeout(rested.resolve, ms);
    this.#interrupt = rested.resolve;
    await rested.promise;
    clearTimeout(timer);
    this.#interrupt = undefined;
  }

  async #write(command: Command<unknown>): Promise<CommandResult> {
    try {
      await this.#parts.write(command.bytes);
      return { ok: true, value: undefined };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { ok: false, reason: 'write-failed', detail: `${command.name} could not be sent: ${why}` };
    }
  }
}

interface Exchanged<T> {
  readonly result: CommandResult<T>;
  /** How long the wire is left alone before the next command. */
  readonly restMs: number;
}

/** What a caller gets where there is no connection. */
export function notReady(): { readonly ok: false; readonly reason: 'not-ready'; readonly detail: string } {
  return { ok: false, reason: 'not-ready', detail: 'the scanner is not there just now' };
}

/** The first bytes of an answer, for a message. */
export function inHex(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString('hex').replace(/../g, '$& ').trim();
  return bytes.length > SHOWN_BYTES ? `${shown} … (${bytes.length} bytes)` : shown;
}
