import { TYP } from '../../../licence/cose/typ.ts';
import type { SignatureVerifier } from '../../../licence/ed25519/signature-verifier.ts';
import { issueResolveAnswer } from '../../../licence/issue/issue-resolve-answer.ts';
import { demoLicence, licenceCode, NOW, staticLicence } from '../../../licence/testing/demo-issuer.ts';
import type { Verdict } from '../../../licence/verdict.ts';
import { verifyResolved } from '../../../licence/verify.ts';
import { RESOLVE_REASONS, type ResolveAnswer } from '../../../licence/wire/resolve-answer.ts';
import { parseShortest, sameBytes } from '../cbor-tree.ts';
import { verdictBreach } from '../code-model.ts';
import { RESOLVER_KEY, SERVICE } from '../fuzz-world.ts';
import { mutateSealed } from '../mutate-cbor.ts';
import { readSealed } from '../sealed-reading.ts';
import type { Target } from '../target.ts';
import { arrayOf, bytesOf, entryOf, textOf } from '../tree-reading.ts';
import { answerOf, fuzzContext } from './code-targets.ts';

const REQUEST_ID = new Uint8Array(16).fill(0x1d);

/** What the city answers to a reference code: only its own word on licences that hold without it. */
export function resolveTarget(verifier: SignatureVerifier): Target {
  const context = fuzzContext(SERVICE, verifier);
  const cityKeys = [RESOLVER_KEY.publicKey];
  const licences = [
    { code: licenceCode(demoLicence()), state: 'valid' as const },
    { code: licenceCode(staticLicence()), state: 'valid' as const },
  ];
  return {
    name: 'resolve',
    weight: 2,
    seeds: [
      sealed({ licences }),
      sealed({ licences: licences.slice(1) }),
      ...RESOLVE_REASONS.map((reason) => sealed({ reason })),
    ],
    mutate: mutateSealed,
    run(answer) {
      const verdict = verifyResolved({ answer, requestId: REQUEST_ID, cityKeys }, context);
      const judged = answerOf(verdict, undefined);
      // the reasons of the city are answers as true as licences
      return {
        taken: !judged.said.startsWith('city-error'),
        said: judged.said,
        broken: judged.broken ?? answerBreach(answer, verdict),
      };
    },
  };
}

function sealed(
  what:
    | Pick<ResolveAnswer & { reason?: undefined }, 'licences'>
    | { readonly reason: (typeof RESOLVE_REASONS)[number] },
) {
  return issueResolveAnswer({ requestId: REQUEST_ID, iat: NOW, ...what }, RESOLVER_KEY);
}

function answerBreach(answer: Uint8Array, verdict: Verdict): string | undefined {
  if (!verdict.licence) return undefined;
  const tree = parseShortest(answer);
  if (!tree) return 'licences out of bytes that are not shortest-form CBOR';
  const reading = readSealed(tree);
  if (typeof reading === 'string') return `licences out of ${reading}`;
  if (reading.signer !== RESOLVER_KEY || reading.typ !== TYP.resolveAnswer)
    return 'licences the city did not answer with';
  if (!sameBytes(REQUEST_ID, bytesOf(entryOf(reading.claims, 7)))) return 'licences for another request';
  const listed = arrayOf(entryOf(reading.claims, -65559)) ?? [];
  if (listed.length > 8) return 'more licences than an answer may hold';
  const breaches = listed.map((item) => {
    const [code, state] = arrayOf(item) ?? [];
    if (verdict.outcome === 'accepted' && textOf(state) !== 'valid')
      return 'accepted though the city says otherwise';
    return verdictBreach(bytesOf(code) ?? new Uint8Array(0), verdict, SERVICE, true);
  });
  // the verdict is on one of them
  return breaches.includes(undefined) ? undefined : (breaches[0] ?? 'a licence that was not answered with');
}
