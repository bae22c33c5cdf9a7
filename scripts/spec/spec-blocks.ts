import { encode } from 'uqr';
import { MAX_QR_VERSION } from '../../city/demo/qr.ts';
import { toCodeText } from '../../licence/code-text.ts';
import { TYP } from '../../licence/cose/typ.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { typName } from '../../licence/inspect/known-code.ts';
import { toHex } from '../../licence/testing/hex.ts';
import { type ExampleVerdict, exampleVerdicts } from './example-verdicts.ts';
import { EXAMPLE_KEYS, EXAMPLE_SERVICE } from './example-world.ts';
import { EXAMPLE, type Example } from './examples.ts';
import { notationOf } from './known-objects.ts';
import { limits } from './limits.ts';

/** Everything in the document that the code says, as Markdown under the names of its blocks. */
export function specBlocks(verifier: SignatureVerifier): ReadonlyMap<string, string> {
  const verdicts = exampleVerdicts(verifier);
  return new Map([
    ['typ', typTable()],
    ['limits', limitsTable()],
    ['keys', keysTable()],
    ['service', fence('json', JSON.stringify(EXAMPLE_SERVICE, null, 2))],
    ...Object.values(EXAMPLE).map((example): [string, string] => [
      example.name,
      exampleBlock(example, verdicts.get(example.name)),
    ]),
  ]);
}

function typTable(): string {
  const rows = Object.values(TYP).map((typ) => [`\`${typ}\``, typName(typ) ?? '']);
  return table(['typ', 'object'], rows);
}

function limitsTable(): string {
  const rows = limits().map(([of, value, unit]) => [of, `${value.toLocaleString('en')} ${unit}`.trimEnd()]);
  return table(['limit of', 'value'], rows);
}

function keysTable(): string {
  const rows = EXAMPLE_KEYS.map(({ role, vector, key }) => [role, vector, toHex(key.kid)]);
  const bytes = EXAMPLE_KEYS.map(
    ({ role, key }) => `${role}\n  seed   ${toHex(key.seed)}\n  public ${toHex(key.publicKey)}`,
  );
  return [table(['key of the', 'RFC 8032 §7.1', '`kid`'], rows), fence('text', bytes.join('\n'))].join(
    '\n\n',
  );
}

function exampleBlock(example: Example, verdicts: readonly ExampleVerdict[] | undefined): string {
  const { bytes, known, isCode } = example;
  const parts = [
    isCode ? sizeOf(bytes) : `${bytes.length} bytes.`,
    fence('cbor-diag', notationOf(bytes, known)),
    fence('hex', wrapped(toHex(bytes))),
  ];
  if (isCode) parts.push(fence('text', toCodeText(bytes)));
  if (verdicts) parts.push(verdictTable(verdicts));
  return parts.join('\n\n');
}

function sizeOf(bytes: Uint8Array): string {
  const text = toCodeText(bytes);
  // trying all masks would take eight times as long and give the same version
  const { version } = encode(text, { ecc: 'M', maxVersion: MAX_QR_VERSION, maskPattern: 0 });
  return `${bytes.length} bytes, ${text.length} characters, QR version ${version} at level M.`;
}

function verdictTable(verdicts: readonly ExampleVerdict[]): string {
  const rows = verdicts.map(({ situation, verdict }) => [
    situation,
    verdict?.outcome ?? 'none',
    `\`${verdict?.reason}\``,
  ]);
  return table(['situation', 'outcome', 'reason'], rows);
}

const HEX_DIGITS_PER_LINE = 64;

function wrapped(hex: string): string {
  return (hex.match(new RegExp(`.{1,${HEX_DIGITS_PER_LINE}}`, 'g')) ?? []).join('\n');
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
