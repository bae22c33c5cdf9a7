import { createPublicKey } from 'node:crypto';
import { coseVerify } from 'cose-kit';
import { answerTasks, eachAwaited } from './answer-tasks.ts';
import { MATERIAL, readMaterial } from './material.ts';

const code = readMaterial(MATERIAL.licence);
const key = createPublicKey({
  key: JSON.parse(Buffer.from(readMaterial(MATERIAL.jwk)).toString()),
  format: 'jwk',
});

answerTasks({
  licence: eachAwaited(async () => {
    const { isValid } = await coseVerify(code, key);
    if (!isValid) throw new Error('a good code was refused');
  }),
});
