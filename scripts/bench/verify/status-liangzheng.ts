import { nativeVerifier } from '../../../licence/ed25519/native-verifier.ts';
import { openStatusList, statusAt } from '../../../licence/status/status-list.ts';
import { demoIssuer } from '../../../licence/testing/demo-issuer.ts';
import { answerTasks } from './answer-tasks.ts';
import { MATERIAL, readShards, SHARD_ENTRIES, shardUri } from './material.ts';
import { statusTasks } from './status-tasks.ts';

const tokens = readShards(MATERIAL.token);
const verifier = nativeVerifier();
const statusLists = tokens.map((_, shard) => ({ uri: shardUri(shard), entries: SHARD_ENTRIES }));
const issuers = [demoIssuer({ statusLists })];

// with the token's signature and claims, which the others are spared
const load = () =>
  tokens.map((token, shard) => {
    const opened = openStatusList(token, shardUri(shard), issuers, verifier);
    if (!opened.ok) throw new Error(opened.detail);
    return opened.list;
  });

answerTasks(statusTasks(load, statusAt));
