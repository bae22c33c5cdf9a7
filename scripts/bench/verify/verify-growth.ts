import { nativeVerifier } from '../../../licence/ed25519/native-verifier.ts';
import { demoStatusList } from '../../../licence/testing/demo-issuer.ts';
import type { VerifyContext } from '../../../licence/verify.ts';
import { answerTasks, type Task } from './answer-tasks.ts';
import { benchContext, mustAccept } from './bench-context.ts';
import { MATERIAL, readMaterial, SHARD_ENTRIES } from './material.ts';
import { currentMemory, usedMemory } from './memory.ts';

const code = readMaterial(MATERIAL.licence);
const verifier = nativeVerifier();
const large = demoStatusList([], { bitmap: new Uint8Array(SHARD_ENTRIES / 8) });

answerTasks({
  small: allocated(benchContext(verifier)),
  large: allocated(benchContext(verifier, large)),
});

/** Bytes one verification allocates, on the heap and outside: the average of so many without a collection between. */
function allocated(context: VerifyContext): Task {
  return (times) => {
    const before = usedMemory();
    for (let i = 0; i < times; i++) mustAccept(code, context);
    const after = currentMemory();
    return [(after.heap - before.heap) / times, (after.outside - before.outside) / times];
  };
}
