import {
  type ModuleState,
  powerCycled,
  type SimulatedModule,
  switchedOn,
  takeIn,
} from './simulated-module.ts';

/** What goes wrong with one answer. */
export type Misbehaviour =
  | { readonly name: 'silent' }
  | { readonly name: 'wrong-checksum' }
  | { readonly name: 'garbage' }
  | { readonly name: 'refusal' }
  /** It comes byte by byte. */
  | { readonly name: 'pieces' }
  /** Slow or, beyond what the module is given, too late. */
  | { readonly name: 'delayed'; readonly ms: number };

/** A simulated module at work at the other end of some wire. */
export class PlayedModule {
  readonly #module: SimulatedModule;
  readonly #send: (bytes: Uint8Array) => Promise<void> | void;
  readonly #misbehaviours: Misbehaviour[] = [];
  readonly #did: string[] = [];
  readonly #told: Uint8Array[] = [];
  #state: ModuleState;
  #sending: Promise<void> = Promise.resolve();

  constructor(module: SimulatedModule, send: (bytes: Uint8Array) => Promise<void> | void) {
    this.#module = module;
    this.#send = send;
    this.#state = switchedOn(module);
  }

  /** What a bystander noticed, in order. */
  get did(): readonly string[] {
    return this.#did;
  }

  /** What the terminal wrote, in the pieces it came in. */
  get told(): readonly Uint8Array[] {
    return this.#told;
  }

  setting(name: string): number | undefined {
    return this.#state.memory.working.get(name);
  }

  savedSetting(name: string): number | undefined {
    return this.#state.memory.saved.get(name);
  }

  /** The next commands meet these, one each; then all is well again. */
  misbehave(...misbehaviours: readonly Misbehaviour[]): void {
    this.#misbehaviours.push(...misbehaviours);
  }

  powerCycle(): void {
    this.#state = powerCycled(this.#state);
  }

  /** What the terminal writes. */
  hear(bytes: Uint8Array): void {
    this.#told.push(bytes);
    const refuse = this.#misbehaviours[0]?.name === 'refusal';
    const { state, answers, did } = takeIn(this.#module, this.#state, bytes, refuse);
    this.#state = state;
    this.#did.push(...did);
    for (const answer of answers) {
      const misbehaviour = this.#misbehaviours.shift();
      this.#sending = this.#sending.then(() => this.#answer(answer, misbehaviour));
    }
  }

  async #answer(answer: Uint8Array, misbehaviour: Misbehaviour | undefined): Promise<void> {
    switch (misbehaviour?.name) {
      case 'silent':
        return;
      case 'wrong-checksum':
        return this.#send(answer.map((byte, at) => (at === answer.length - 1 ? byte ^ 0xff : byte)));
      case 'garbage':
        return this.#send(this.#module.garbage);
      case 'pieces':
        for (const byte of answer) await this.#send(Uint8Array.of(byte));
        return;
      case 'delayed':
        await new Promise((resolve) => setTimeout(resolve, misbehaviour.ms));
        return this.#send(answer);
      case 'refusal':
      case undefined:
        return this.#send(answer);
      default:
        return misbehaviour satisfies never;
    }
  }
}
