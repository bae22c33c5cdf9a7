import type { Random } from './seeded-random.ts';

/** One door of the product, with what goes in and what must hold of what comes out. */
export interface Target {
  readonly name: string;
  /** Its share of the runs, against the other targets' weights. */
  readonly weight: number;
  /** ms a run may take, where nobody stands in front of the terminal and waits for it. */
  readonly patienceMs?: number;
  /** Valid objects: each must be taken as it is, or the mutations of it test nothing. */
  readonly seeds: readonly Uint8Array[];
  /** @param other another input of the target, to splice from. */
  mutate(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array;
  /** Rests on the input alone, so that a finding can be replayed. What it throws is a finding too. */
  run(input: Uint8Array): Answer;
}

export interface Answer {
  readonly taken: boolean;
  /** What the product said, without anything of the input: inputs with a new answer are kept and mutated further. */
  readonly said: string;
  /** The promise that this answer breaks. */
  readonly broken?: string | undefined;
}
