/**
 * Writes the generated blocks of docs/licence-code.md anew: tables of constants, and the worked examples with their
 * verdicts. `spec.test.ts` tells when that is due.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { bothVerifier } from '../../licence/ed25519/both-verifier.ts';
import { specBlocks } from './spec-blocks.ts';
import { withBlocks } from './spec-document.ts';

const file = new URL('../../docs/licence-code.md', import.meta.url);
const before = readFileSync(file, 'utf8');
const after = withBlocks(before, specBlocks(bothVerifier()));
writeFileSync(file, after);
console.log(
  after === before ? 'docs/licence-code.md is up to date' : 'docs/licence-code.md was written anew',
);
