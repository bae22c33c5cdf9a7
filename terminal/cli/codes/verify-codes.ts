import type { Writable } from 'node:stream';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';
import { bothVerifier } from '../../../licence/ed25519/both-verifier.ts';
import type { SignatureVerifier } from '../../../licence/ed25519/signature-verifier.ts';
import { referenceCode } from '../../../licence/reference-code.ts';
import type { Verdict } from '../../../licence/verdict.ts';
import { verify } from '../../../licence/verify.ts';
import { verifyAnswer } from './verify-answer.ts';
import { type Evidence, type EvidenceWish, openEvidence } from './verify-evidence.ts';
import { codeLines, MAX_INPUT_CODE_BYTES, readBounded } from './verify-input.ts';
import { EXIT, type Exit, exitOf, Misuse } from './verify-misuse.ts';
import { TextOutput } from './verify-output.ts';

export interface VerifyWish extends EvidenceWish {
  /** unix seconds to judge at; absent: by the system clock. */
  readonly at?: number;
  /** One code as raw bytes, in place of the lines of `input`. */
  readonly file?: string;
}

/** Where codes come from and answers go to. */
export interface Streams {
  readonly input: AsyncIterable<Uint8Array>;
  readonly output: Writable;
  readonly complain: (sentence: string) => void;
}

/** Codes of one run: their proofs are remembered. */
export const MAX_VERIFIED_CODES = 100_000;

/** Judges codes and writes one line of JSON for each. Nothing is stored. @returns the exit code. */
export function verifyCodes(wish: VerifyWish, streams: Streams): Promise<Exit> {
  return exitOf(() => judgeAll(wish, streams), streams.complain);
}

async function judgeAll(wish: VerifyWish, { input, output, complain }: Streams): Promise<Exit> {
  const verifier = bothVerifier();
  const judge = new Judge(openEvidence(wish, verifier, complain), verifier, wish.at);
  const lines = new TextOutput(output);
  if (wish.file !== undefined) {
    const answer = judge.answer(readBounded(wish.file, MAX_INPUT_CODE_BYTES));
    const read = await lines.write(jsonLine({ file: wish.file, ...answer }));
    return read && answer.outcome === 'accepted' ? EXIT.allGood : EXIT.notAllGood;
  }
  let codes = 0;
  let accepted = 0;
  for await (const { line, bytes } of codeLines(input)) {
    if (codes === MAX_VERIFIED_CODES) throw new Misuse(`more than ${MAX_VERIFIED_CODES} codes in one run`);
    codes += 1;
    const answer = judge.answer(bytes);
    if (answer.outcome === 'accepted') accepted += 1;
    if (!(await lines.write(jsonLine({ line, ...answer })))) return EXIT.notAllGood;
  }
  if (codes === 0) throw new Misuse('no code was given on standard input');
  return accepted === codes ? EXIT.allGood : EXIT.notAllGood;
}

/** Judges one code after the other; a proof that was accepted before is a replay. */
class Judge {
  readonly #evidence: Evidence;
  readonly #verifier: SignatureVerifier;
  readonly #at: number | undefined;
  readonly #used = new Set<string>();

  constructor(evidence: Evidence, verifier: SignatureVerifier, at: number | undefined) {
    this.#evidence = evidence;
    this.#verifier = verifier;
    this.#at = at;
  }

  answer(code: Uint8Array | 'too-long') {
    if (code === 'too-long') return TOO_LONG;
    const now = this.#at ?? Date.now() / 1000;
    const { service, catalogue, trust } = this.#evidence;
    const { issuers } = trust;
    return verifyAnswer({ verdict: this.#verdict(code, now), code, service, catalogue, issuers, now });
  }

  #verdict(code: Uint8Array, now: number): Verdict {
    const { trust, service, statusLists } = this.#evidence;
    if (referenceCode(code, service, undefined)) return NOT_ASKED;
    const verdict = verify(code, {
      // the operator answers for the time, as the city does in a terminal
      time: { trusted: true, unixMs: now * 1000, signed: true, signedMs: now * 1000 },
      trust,
      service,
      verifier: this.#verifier,
      statusList: (uri) => statusLists.get(uri),
      alreadyUsed: (hash) => this.#used.has(hex(hash)),
    });
    if (verdict.outcome === 'accepted' && verdict.holderProof) this.#used.add(hex(verdict.holderProof.hash));
    return verdict;
  }
}

/** This command asks nobody. */
const NOT_ASKED: Verdict = {
  outcome: 'undetermined',
  reason: 'needs-network',
  detail: 'a reference code, which only the city can tell about',
};

const TOO_LONG = {
  outcome: 'rejected',
  reason: 'malformed',
  detail: 'longer than any licence code',
  ages: {},
} as const;

/** A licence may hold text that would steer the operator's terminal. */
function jsonLine(value: object): string {
  return `${escapeUnseen(JSON.stringify(value))}\n`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
