import { decodeBase45, encodeBase45 } from '../../../licence/base45.ts';
import { readCode, toCodeText } from '../../../licence/code-text.ts';
import { delegatedCode, demoCode, licenceCode, staticLicence } from '../../../licence/testing/demo-issuer.ts';
import { sameBytes } from '../cbor-tree.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateCbor } from '../mutate-cbor.ts';
import { mutateText } from '../mutate-text.ts';
import type { Random } from '../seeded-random.ts';
import type { Answer, Target } from '../target.ts';

/** Check 1: whatever text is taken is the one text of its bytes, within the limits of licence-code.md. */
export function textTarget(): Target {
  const codes = [licenceCode(staticLicence()), demoCode(), delegatedCode()];
  return {
    name: 'text',
    weight: 20,
    seeds: [...codes, ...codes.flatMap((code) => ['', '\r', '\n', '\r\n'].map((end) => asText(code, end)))],
    mutate,
    run,
  };
}

function mutate(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  if (random.chance(0.3)) return mutateBytes(input, random, other);
  if (random.chance(0.7)) return mutateText(input, random);
  const code = readCode(input);
  return code.ok ? asText(mutateCbor(code.bytes, random, code.bytes), '') : mutateText(input, random);
}

function run(scanned: Uint8Array): Answer {
  const text = Buffer.from(scanned).toString('latin1');
  const bare = decodeBase45(text);
  if (bare && encodeBase45(bare) !== text)
    return { taken: true, said: 'base45', broken: 'two texts for one code' };
  const code = readCode(scanned);
  if (!code.ok) return { taken: false, said: `${code.reason}: ${code.detail}` };
  return { taken: true, said: 'code', broken: textBreach(scanned, text, code.bytes) };
}

function textBreach(scanned: Uint8Array, text: string, bytes: Uint8Array): string | undefined {
  if (bytes.length > 1536) return 'more than 1,536 bytes are taken';
  if (scanned[0] === 0xd2) return sameBytes(scanned, bytes) ? undefined : 'raw bytes are changed';
  const body = text.replace(/\r?\n$|\r$/, '');
  if (body.length > 2400) return 'more than 2,400 characters are taken';
  return body === `LZ1:${encodeBase45(bytes)}` ? undefined : 'two texts for one code';
}

function asText(code: Uint8Array, end: string): Uint8Array {
  return new TextEncoder().encode(toCodeText(code) + end);
}
