import { randomInt } from 'node:crypto';
import { eachTimed, type Task } from './answer-tasks.ts';
import { SHARD_ENTRIES, SHARDS } from './material.ts';
import { usedMemory } from './memory.ts';

/** What every library is asked about its lists. @param load all ten shards. */
export function statusTasks<List>(
  load: () => readonly List[],
  statusAt: (list: List, idx: number) => number | undefined,
): Readonly<Record<string, Task>> {
  const entries = Uint32Array.from({ length: LOOK_UPS }, () => randomInt(SHARDS * SHARD_ENTRIES));
  let kept: readonly List[] | undefined;
  return {
    load: eachTimed(load),
    /** ms of one look-up */
    lookUp: (times) => {
      kept ??= load();
      const lists = kept;
      let revoked = 0;
      const began = performance.now();
      for (let i = 0; i < times; i++) {
        for (const entry of entries) {
          const list = lists[Math.floor(entry / SHARD_ENTRIES)];
          if (list !== undefined) revoked += statusAt(list, entry % SHARD_ENTRIES) ?? Number.NaN;
        }
      }
      const ms = performance.now() - began;
      if (!(revoked > 0)) throw new Error('the look-ups found nothing revoked');
      return [ms / (times * LOOK_UPS)];
    },
    /** bytes that stay when the lists are held */
    held: () => {
      load(); // what only the first load leaves behind is no list
      const before = usedMemory();
      const lists = load();
      const after = usedMemory();
      if (lists.length !== SHARDS) throw new Error('not all shards were loaded');
      return [after.heap + after.outside - before.heap - before.outside];
    },
  };
}

/** Random entries, so that processor caches don't make it look cheaper than it is. */
const LOOK_UPS = 65_536;
