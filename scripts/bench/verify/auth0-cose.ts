import { createPublicKey } from 'node:crypto';
import { Sign1 } from '@auth0/cose';
import { answerTasks, eachAwaited } from './answer-tasks.ts';
import { MATERIAL, readMaterial } from './material.ts';

const code = readMaterial(MATERIAL.licence);
const key = createPublicKey({
  key: JSON.parse(Buffer.from(readMaterial(MATERIAL.jwk)).toString()),
  format: 'jwk',
});

// throws when the signature doesn't hold
answerTasks({ licence: eachAwaited(() => Sign1.decode(code).verify(key)) });
