/** Does one thing after the other, in the order they came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** How many are waiting or being done. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Resolves when everything taken before has been done. */
  async idle(): Promise<void> {
    await this.#last;
  }

  take<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const done = this.#last.then(work).finally(() => {
      this.#waiting -= 1;
    });
    this.#last = done.catch(() => undefined); // told to whoever waits for it; the next one goes on
    return done;
  }
}
