import { decodeCbor, TaggedSign1 } from '../../../licence/cbor/decode.ts';
import { type CborProfile, scanCbor } from '../../../licence/cbor/scan.ts';
import { codeProfile, HEADER } from '../../../licence/cose/sign1.ts';
import { nativeVerifier } from '../../../licence/ed25519/native-verifier.ts';
import { ISSUER_KEY } from '../../../licence/testing/demo-issuer.ts';
import { answerTasks, averaged, eachTimed } from './answer-tasks.ts';
import { benchContext, mustAccept } from './bench-context.ts';
import { MATERIAL, readMaterial } from './material.ts';

const code = readMaterial(MATERIAL.licence);
const verifier = nativeVerifier();
const context = benchContext(verifier);
const message = new Uint8Array(code.length);
const signature = ISSUER_KEY.sign(message);
const scanned = everythingScanned(code);

answerTasks({
  licence: eachTimed(() => mustAccept(code, context)),
  signature: eachTimed(() => {
    verifier.check(signature, message, ISSUER_KEY.publicKey);
  }),
  scan: averaged(() => {
    for (const [bytes, profile] of scanned) scanCbor(bytes, profile);
  }),
});

/** The three scans of a code: envelope, protected header, payload. */
function everythingScanned(bytes: Uint8Array): readonly (readonly [Uint8Array, CborProfile])[] {
  const envelope = decodeCbor(bytes, codeProfile('top'));
  const items = envelope.ok && envelope.value instanceof TaggedSign1 ? envelope.value.value : undefined;
  const [header, , payload] = Array.isArray(items) ? items : [];
  if (!(header instanceof Uint8Array) || !(payload instanceof Uint8Array)) throw new Error('no COSE_Sign1');
  return [
    [bytes, codeProfile('top')],
    [header, codeProfile([HEADER.kcwt, HEADER.delegation])],
    [payload, codeProfile('none')],
  ];
}
