/** Receipts are personal and live in memory only: so many, and so long, even when nobody acknowledges them. */
export const MAX_RECEIPTS = 32;
export const RECEIPT_HELD_MS = 10 * 60_000;

interface HeldReceipt {
  readonly client: string;
  readonly id: string;
  readonly receipt: string;
  /** monotonic ms */
  readonly since: number;
}

/** Receipts that were not acknowledged yet. Time is passed in, monotonic ms. */
export class HeldReceipts {
  #held: readonly HeldReceipt[] = [];

  /** One too many pushes out the oldest. */
  hold(client: string, id: string, receipt: string, now: number): void {
    const others = this.#held.filter((one) => one.client !== client || one.id !== id);
    this.#held = [...others, { client, id, receipt, since: now }].slice(-MAX_RECEIPTS);
  }

  get(client: string, id: string): string | undefined {
    return this.#held.find((one) => one.client === client && one.id === id)?.receipt;
  }

  drop(client: string, id: string): void {
    this.#held = this.#held.filter((one) => one.client !== client || one.id !== id);
  }

  /** Of a client that is admitted no longer. */
  dropAll(client: string): void {
    this.#held = this.#held.filter((one) => one.client !== client);
  }

  clear(): void {
    this.#held = [];
  }

  expire(now: number): void {
    this.#held = this.#held.filter(({ since }) => now - since < RECEIPT_HELD_MS);
  }
}
