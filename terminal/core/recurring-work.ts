/** Work that comes round again: what fails now (a full disk, a damaged file) is told once and stops no scan. */
export class RecurringWork {
  readonly #onFault: (fault: string) => void;
  /** Work whose last turn failed, and how. */
  readonly #failing = new Map<string, string>();

  constructor(onFault: (fault: string) => void) {
    this.#onFault = onFault;
  }

  attempt(work: string, action: () => void): void {
    try {
      action();
      this.#failing.delete(work);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (this.#failing.get(work) !== error.message) this.#onFault(`${work}: ${error.message}`);
      this.#failing.set(work, error.message);
    }
  }
}
