import { parseSign1, type Sign1Shape } from '../../../licence/cose/sign1.ts';
import { TYP } from '../../../licence/cose/typ.ts';
import { issueDelegation } from '../../../licence/issue/issue-delegation.ts';
import {
  DELEGATION_KEY,
  delegatedCode,
  demoCode,
  demoDelegation,
  licenceCode,
} from '../../../licence/testing/demo-issuer.ts';
import { type CborNode, parseShortest, sameBytes } from '../cbor-tree.ts';
import { mutateCbor } from '../mutate-cbor.ts';
import { signedBytes } from '../sealed-reading.ts';
import type { Answer, Target } from '../target.ts';
import { arrayOf, bytesOf, entryOf, integerOf, mapOf } from '../tree-reading.ts';

/** Check 3: what passes has one shape, says who signed it once, and is signed over the very bytes received. */
export function coseTarget(): Target {
  const delegation = issueDelegation(demoDelegation(), DELEGATION_KEY);
  return {
    name: 'cose',
    weight: 15,
    seeds: [licenceCode(), demoCode(), delegatedCode(), delegation],
    mutate: mutateCbor,
    run(bytes) {
      const strict = judge(bytes, {});
      const foreign = judge(bytes, { foreign: true, maxBytes: 4096 });
      const { taken } = strict;
      return { taken, said: `${strict.said} ${foreign.said}`, broken: strict.broken ?? foreign.broken };
    },
  };
}

const EXPECTED = [TYP.licence, TYP.presentation, TYP.delegation] as const;

function judge(bytes: Uint8Array, shape: Sign1Shape): Answer {
  const parsed = parseSign1(bytes, EXPECTED, shape);
  if (!parsed.ok) return { taken: false, said: `${parsed.reason}: ${parsed.detail}` };
  const { typ, kid, payload, signature, signedBytes: signed } = parsed.sign1;
  const tree = parseShortest(bytes);
  const parts = tree?.kind === 'tag' && tree.tag === 18 ? arrayOf(tree.item) : undefined;
  const [header, unprotected, content, sealed] = parts ?? [];
  const headerBytes = bytesOf(header);
  const contentBytes = bytesOf(content);
  const true64 = bytesOf(sealed);
  if (parts?.length !== 4 || !headerBytes || !contentBytes || !true64)
    return wrong('not the shape of a COSE_Sign1');
  if (!sameBytes(signed, signedBytes(headerBytes, contentBytes))) return wrong('signed over other bytes');
  if (!sameBytes(payload, contentBytes) || !sameBytes(signature, true64))
    return wrong('other bytes than received');
  return headerBreach(header?.kind === 'wrapped' ? header.item : undefined, unprotected, { typ, kid }, shape);
}

function headerBreach(
  header: CborNode | undefined,
  unprotected: CborNode | undefined,
  { typ, kid }: { readonly typ: unknown; readonly kid: Uint8Array },
  shape: Sign1Shape,
): Answer {
  const protectedKid = bytesOf(entryOf(header, 4));
  const openKid = bytesOf(entryOf(unprotected, 4));
  const openLabels = mapOf(unprotected)?.map(({ key }) => integerOf(key)) ?? [];
  if (openLabels.some((label) => label !== 4 || !shape.foreign)) return wrong('an unprotected header');
  if (!sameBytes(kid, protectedKid ?? openKid)) return wrong('another kid');
  if (!shape.foreign && kid.length !== 8) return wrong('a kid of another length');
  if (integerOf(entryOf(header, 16)) !== typ) return wrong('another typ');
  if (![-19, -8].includes(integerOf(entryOf(header, 1)) ?? 0)) return wrong('another algorithm');
  return { taken: true, said: `typ ${typ}` };
}

function wrong(broken: string): Answer {
  return { taken: true, said: 'ok', broken: `parseSign1 accepts: ${broken}` };
}
