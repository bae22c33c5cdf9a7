import { bothVerifier } from '../../../licence/ed25519/both-verifier.ts';
import { nobleVerifier } from '../../../licence/ed25519/noble-verifier.ts';
import { ISSUER_KEY } from '../../../licence/testing/demo-issuer.ts';
import { answerTasks, eachTimed } from './answer-tasks.ts';
import { benchContext, mustAccept } from './bench-context.ts';
import { MATERIAL, readMaterial } from './material.ts';

const licence = readMaterial(MATERIAL.licence);
const delegated = readMaterial(MATERIAL.delegated);
const context = benchContext(bothVerifier());
const noble = nobleVerifier();
const message = new Uint8Array(licence.length);
const signature = ISSUER_KEY.sign(message);

answerTasks({
  licence: eachTimed(() => mustAccept(licence, context)),
  delegated: eachTimed(() => mustAccept(delegated, context)),
  noble: eachTimed(() => {
    noble.check(signature, message, ISSUER_KEY.publicKey);
  }),
});
