import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type ChildLine, parseLine } from './child-line.ts';

export interface Cut {
  /** The time runs from this line on: the nth of its kind. */
  readonly from: ChildLine['type'];
  readonly nth?: number;
  readonly afterMs: number;
  /** What cuts the child off, at once and without a word to it. */
  readonly cut: () => void;
  /** Most ms till that line. */
  readonly limitMs: number;
}

/**
 * Lets a child scan and cuts it off. Its standard output is read to the end: what it had said before the cut counts.
 *
 * @returns the whole lines it had said. @throws Error when it ends by itself, or doesn't get as far as that line.
 */
export async function letScan(child: ChildProcess, wish: Cut): Promise<ChildLine[]> {
  const { from, nth = 1, afterMs, cut, limitMs } = wish;
  const ended = once(child, 'close');
  const lines: ChildLine[] = [];
  let heard = 0;
  const course: { state: 'starting' | 'scanning' | 'cut' | 'late' } = { state: 'starting' };
  const cutAs = (end: 'cut' | 'late') => {
    course.state = end;
    cut();
  };
  let timer = setTimeout(() => cutAs('late'), limitMs);
  try {
    for await (const text of wholeLines(child)) {
      const line = parseLine(text);
      lines.push(line);
      if (line.type === from) heard += 1;
      if (heard < nth || course.state !== 'starting') continue;
      course.state = 'scanning';
      clearTimeout(timer);
      timer = setTimeout(() => cutAs('cut'), afterMs);
    }
  } catch (error) {
    cut();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  const [code] = await ended;
  if (course.state === 'late') throw new Error(`a child did not say "${from}" within ${limitMs} ms`);
  if (course.state !== 'cut') throw new Error(`a child ended by itself with ${code}`);
  return lines;
}

/** A line the cut fell into was not said. */
async function* wholeLines({ stdout }: ChildProcess): AsyncGenerator<string> {
  if (!stdout) throw new Error('a child whose output nobody reads');
  stdout.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stdout) {
    const parts = `${rest}${chunk}`.split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}
