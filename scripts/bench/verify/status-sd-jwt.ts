import { StatusList } from '@sd-jwt/jwt-status-list';
import { answerTasks } from './answer-tasks.ts';
import { MATERIAL, readShards } from './material.ts';
import { statusTasks } from './status-tasks.ts';

const shards = readShards(MATERIAL.deflated).map((lst) => Buffer.from(lst).toString('base64url'));

answerTasks(
  statusTasks(
    () => shards.map((lst) => StatusList.decompressStatusList(lst, 1)),
    (list, idx) => list.getStatus(idx),
  ),
);
