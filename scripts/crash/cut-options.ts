import { parseArgs } from 'node:util';
import { isMutation, MUTATIONS, type Mutation } from './mutations.ts';

export interface CutOptions {
  /** How often to cut. */
  readonly times: number;
  readonly seed: number;
  readonly mutate: Mutation | undefined;
}

/** Of the command line; ends the process with 2 where it can't be understood. @param what the option that says how often. */
export function cutOptions(what: 'kills' | 'cuts', byDefault: number): CutOptions {
  try {
    const { values } = parseArgs({
      options: { [what]: { type: 'string' }, seed: { type: 'string' }, mutate: { type: 'string' } },
    });
    return {
      times: numberOf(what, values[what], byDefault),
      // printed, so that it can be given again
      seed: numberOf('seed', values.seed, Date.now() % 1_000_000),
      mutate: mutationOf(values.mutate),
    };
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

function numberOf(name: string, text: unknown, byDefault: number): number {
  if (text === undefined) return byDefault;
  if (typeof text !== 'string' || !/^\d{1,9}$/.test(text))
    throw new RangeError(`--${name} ${text} is no number`);
  return Number(text);
}

function mutationOf(name: unknown): Mutation | undefined {
  if (name === undefined) return undefined;
  if (typeof name === 'string' && isMutation(name)) return name;
  throw new RangeError(`there is no mutation ${name}; there are: ${Object.keys(MUTATIONS).join(', ')}`);
}
