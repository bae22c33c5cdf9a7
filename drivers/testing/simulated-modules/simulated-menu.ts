import { type Memories, remember } from './simulated-module.ts';

/** What a module with menu commands echoes: the entry, its data, and how it went. */
export interface MenuOutcome {
  readonly memory: Memories;
  readonly echo: string;
}

/**
 * One menu command.
 *
 * @param entry tag, sub-tag and data, or the mark of a question in place of the data
 */
export function obeyMenu(
  memory: Memories,
  entry: string,
  question: string,
  forGood: boolean,
  refuse: boolean,
): MenuOutcome {
  const code = entry.slice(0, 6);
  const data = entry.slice(6);
  const value = memory.working.get(code);
  if (value === undefined) return { memory, echo: `${entry}\x05` };
  if (refuse) return { memory, echo: `${entry}\x15` };
  if (data === question) return { memory, echo: `${code}${value}\x06` };
  if (!/^\d+$/.test(data)) return { memory, echo: `${entry}\x15` };
  return { memory: remember(memory, code, Number(data), forGood), echo: `${entry}\x06` };
}
