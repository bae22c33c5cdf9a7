import { concat } from '../../framing/concat.ts';

/** A scanner module as a pure state machine: what it is told goes in, what it answers and does comes out. */
export interface SimulatedModule {
  /** Settings by name, as the factory left them. */
  readonly factory: Memory;
  /** How long the command at the beginning is; 0 where it isn't whole yet, undefined where no command begins so. */
  cut(bytes: Uint8Array): number | undefined;
  /** @param refuse whether it is to say no, whatever it is asked */
  obey(memory: Memories, command: Uint8Array, refuse: boolean): Obeyed;
  /** An answer in this module's form that says what no manual knows. */
  readonly garbage: Uint8Array;
}

export type Memory = ReadonlyMap<string, number>;

/** What it works with, and what survives when the power goes off. */
export interface Memories {
  readonly working: Memory;
  readonly saved: Memory;
}

export interface Obeyed {
  readonly memory: Memories;
  readonly answer?: Uint8Array;
  /** What a bystander would notice, such as `beep`. */
  readonly did?: string;
}

export interface ModuleState {
  readonly memory: Memories;
  /** The beginning of a command. */
  readonly heard: Uint8Array;
}

export interface Taken {
  readonly state: ModuleState;
  readonly answers: readonly Uint8Array[];
  readonly did: readonly string[];
}

export function switchedOn(module: SimulatedModule): ModuleState {
  return { memory: { working: module.factory, saved: module.factory }, heard: new Uint8Array() };
}

/** Power off and on: what wasn't saved is gone. */
export function powerCycled({ memory: { saved } }: ModuleState): ModuleState {
  return { memory: { working: saved, saved }, heard: new Uint8Array() };
}

/** Takes in a piece of what the terminal writes. */
export function takeIn(
  module: SimulatedModule,
  { memory, heard }: ModuleState,
  bytes: Uint8Array,
  refuse: boolean,
): Taken {
  const answers: Uint8Array[] = [];
  const did: string[] = [];
  let now = memory;
  let rest = concat([heard, bytes]);
  for (;;) {
    const length = rest.length === 0 ? 0 : module.cut(rest);
    if (length === 0) return { state: { memory: now, heard: rest }, answers, did };
    if (length !== undefined) {
      const obeyed = module.obey(now, rest.slice(0, length), refuse);
      now = obeyed.memory;
      if (obeyed.answer) answers.push(obeyed.answer);
      if (obeyed.did !== undefined) did.push(obeyed.did);
    }
    // what begins no command is passed over
    rest = rest.slice(length ?? 1);
  }
}

/** Sets one entry; for good where it outlives the power. */
export function remember(memory: Memories, name: string, value: number, forGood: boolean): Memories {
  const working = new Map(memory.working).set(name, value);
  return { working, saved: forGood ? new Map(memory.saved).set(name, value) : memory.saved };
}
