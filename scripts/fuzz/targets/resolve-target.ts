import { TYP } from '../../../licence/cose/typ.ts';
import type { SignatureVerifier } from '../../../licence/ed25519/signature-verifier.ts';
import { demoLicence, licenceCode, NOW, staticLicence } from '../../../licence/testing/demo-issuer.ts';
import type { Verdict } from '../../../licence/verdict.ts';
import { verifyResolved } from '../../../licence/verify.ts';
import {
  RESOLVE_REASONS,
  type ResolveAnswer,
  sealResolveAnswer,
} from '../../../licence/wire/resolve-answer.ts';
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
      const verdicts = verifyResolved({ answer, requestId: REQUEST_ID, cityKeys }, context);
      const answers = verdicts.map((verdict) => answerOf(verdict, undefined));
      const broken = answers.find((one) => one.broken)?.broken ?? answerBreach(answer, verdicts);
      // the reasons of the city are answers as true as licences
      return {
        taken: !answers.some(({ said }) => said.startsWith('city-error')),
        said: [...new Set(answers.map(({ said }) => said))].join(' '),
        broken,
      };
    },
  };
}

function sealed(
  what:
    | Pick<ResolveAnswer & { reason?: undefined }, 'licences'>
    | { readonly reason: (typeof RESOLVE_REASONS)[number] },
) {
  return sealResolveAnswer({ requestId: REQUEST_ID, iat: NOW, ...what }, RESOLVER_KEY);
}

function answerBreach(answer: Uint8Array, verdicts: readonly Verdict[]): string | undefined {
  if (verdicts.length === 0) return 'a scan without a verdict';
  if (verdicts.every(({ licence }) => !licence)) return undefined;
  const tree = parseShortest(answer);
  if (!tree) return 'licences out of bytes that are not shortest-form CBOR';
  const reading = readSealed(tree);
  if (typeof reading === 'string') return `licences out of ${reading}`;
  if (reading.signer !== RESOLVER_KEY || reading.typ !== TYP.resolveAnswer)
    return 'licences the city did not answer with';
  if (!sameBytes(REQUEST_ID, bytesOf(entryOf(reading.claims, 7)))) return 'licences for another request';
  const listed = arrayOf(entryOf(reading.claims, -65559)) ?? [];
  if (listed.length !== verdicts.length || listed.length > 8)
    return 'another number of licences than answered';
  for (const [i, verdict] of verdicts.entries()) {
    const [code, state] = arrayOf(listed[i]) ?? [];
    if (verdict.outcome === 'accepted' && textOf(state) !== 'valid')
      return 'accepted though the city says otherwise';
    const breach = verdictBreach(bytesOf(code) ?? new Uint8Array(0), verdict, SERVICE, true);
    if (breach) return breach;
  }
  return undefined;
}
