import { StatusList } from '@owf/token-status-list';
import { answerTasks } from './answer-tasks.ts';
import { MATERIAL, readShards } from './material.ts';
import { statusTasks } from './status-tasks.ts';

const shards = readShards(MATERIAL.deflated);

answerTasks(
  statusTasks(
    () => shards.map((lst) => StatusList.decompressStatusListFromBytes(lst, 1)),
    (list, idx) => list.getStatus(idx),
  ),
);
