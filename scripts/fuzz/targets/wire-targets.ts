import {
  MAX_BATCH_BYTES,
  MAX_BATCH_ROWS,
  openAuditBatch,
  sealAuditBatch,
} from '../../../licence/audit/batch.ts';
import { openAuditReceipt, sealAuditReceipt } from '../../../licence/audit/receipt.ts';
import { MAX_ROW_BYTES } from '../../../licence/audit/row.ts';
import { TYP, type Typ } from '../../../licence/cose/typ.ts';
import type { SignatureVerifier } from '../../../licence/ed25519/signature-verifier.ts';
import type { SigningKey } from '../../../licence/issue/signing-key.ts';
import { demoBatch } from '../../../licence/testing/demo-audit.ts';
import { NOW } from '../../../licence/testing/demo-issuer.ts';
import type { Opened } from '../../../licence/wire/signed-map.ts';
import { openTerminalRequest, sealTerminalRequest } from '../../../licence/wire/terminal-request.ts';
import { openTimeAnswer, sealTimeAnswer } from '../../../licence/wire/time-answer.ts';
import { type CborNode, parseShortest, sameBytes } from '../cbor-tree.ts';
import { CITY_KEY, TERMINAL_KEY } from '../fuzz-world.ts';
import { mutateSealed } from '../mutate-cbor.ts';
import { readSealed } from '../sealed-reading.ts';
import type { Target } from '../target.ts';
import { bytesOf, entryOf, integerOf, simpleOf, textOf } from '../tree-reading.ts';

const ID = new Uint8Array(16).fill(0x1d);
const ROUTE = '/v1/report';

/** What terminal and city sign for each other: opened only as the other side signed it, value by value. */
export function wireTargets(verifier: SignatureVerifier): readonly Target[] {
  const { terminalId, epoch, head } = demoBatch(1);
  const receipt = { terminalId, epoch, seq: 3, head, unixMs: NOW * 1000 };
  const request = { route: ROUTE, terminalId, iat: NOW, requestId: ID };
  const city = [CITY_KEY.publicKey];
  return [
    target({
      name: 'audit-batch',
      typ: TYP.auditBatch,
      signer: TERMINAL_KEY,
      seeds: [1, 3, 40].map((count) => sealAuditBatch(demoBatch(count), TERMINAL_KEY)),
      open: (bytes) => openAuditBatch(bytes, TERMINAL_KEY.publicKey, verifier),
      labels: { terminalId: -65_551, epoch: -65_552, seq: -65_553, head: -65_554 },
      breach: ({ rows }, claims) => rowsBreach(rows, bytesOf(entryOf(claims, -65_557))),
    }),
    target({
      name: 'audit-receipt',
      typ: TYP.auditReceipt,
      signer: CITY_KEY,
      seeds: [false, true].map((forked) => sealAuditReceipt({ ...receipt, forked }, CITY_KEY)),
      open: (bytes) => openAuditReceipt(bytes, city, verifier),
      labels: {
        terminalId: -65_551,
        epoch: -65_552,
        seq: -65_553,
        head: -65_554,
        unixMs: -65_550,
        forked: -65_558,
      },
    }),
    target({
      name: 'terminal-request',
      typ: TYP.terminalRequest,
      signer: TERMINAL_KEY,
      seeds: [0, 40].map((size) =>
        sealTerminalRequest({ ...request, body: new Uint8Array(size) }, TERMINAL_KEY),
      ),
      open: (bytes) => openTerminalRequest(bytes, ROUTE, TERMINAL_KEY.publicKey, verifier),
      labels: { route: -65_555, terminalId: -65_551, iat: 6, requestId: 7, body: -65_556 },
    }),
    target({
      name: 'time-answer',
      typ: TYP.timeAnswer,
      signer: CITY_KEY,
      seeds: [sealTimeAnswer({ requestId: ID, unixMs: NOW * 1000 }, CITY_KEY)],
      open: (bytes) => openTimeAnswer(bytes, ID, city, verifier),
      labels: { requestId: 7, unixMs: -65_550 },
      breach: ({ requestId }) => (sameBytes(ID, requestId) ? undefined : 'a time for another request'),
    }),
  ];
}

interface Wire<T> {
  readonly name: string;
  readonly typ: Typ;
  readonly signer: SigningKey;
  readonly seeds: readonly Uint8Array[];
  open(bytes: Uint8Array): Opened<T>;
  /** Label of each value that is signed as it stands. */
  readonly labels: Partial<Record<keyof T, number>>;
  breach?(value: T, claims: CborNode): string | undefined;
}

function target<T extends object>(wire: Wire<T>): Target {
  return {
    name: wire.name,
    weight: 2,
    seeds: wire.seeds,
    mutate: mutateSealed,
    run(bytes) {
      const opened = wire.open(bytes);
      if (!opened.ok) return { taken: false, said: opened.detail };
      return { taken: true, said: 'ok', broken: openedBreach(bytes, opened.value, wire) };
    },
  };
}

function openedBreach<T extends object>(bytes: Uint8Array, value: T, wire: Wire<T>): string | undefined {
  const tree = parseShortest(bytes);
  if (!tree) return 'opened out of bytes that are not shortest-form CBOR';
  const reading = readSealed(tree);
  if (typeof reading === 'string') return `opened out of ${reading}`;
  if (reading.signer !== wire.signer || reading.typ !== wire.typ)
    return 'opened though its owner did not sign it';
  for (const [name, said] of Object.entries(value)) {
    const label = Object.entries(wire.labels).find(([property]) => property === name)?.[1];
    if (said instanceof Uint8Array && said.length !== (LENGTHS.get(name) ?? said.length))
      return `a ${name} of another length`;
    if (typeof label === 'number' && !isSame(said, entryOf(reading.claims, label)))
      return `another ${name} than signed`;
  }
  return wire.breach?.(value, reading.claims);
}

/** As city-protocol.md has them, in bytes. */
const LENGTHS = new Map([
  ['terminalId', 16],
  ['epoch', 8],
  ['head', 32],
  ['requestId', 16],
]);

function isSame(said: unknown, signed: CborNode | undefined): boolean {
  if (said instanceof Uint8Array) return sameBytes(said, bytesOf(signed));
  // a count or a time below nothing is none
  if (typeof said === 'number') return said === integerOf(signed) && said >= 0;
  return said === (typeof said === 'boolean' ? simpleOf(signed) : textOf(signed));
}

function rowsBreach(rows: readonly Uint8Array[], signed: Uint8Array | undefined): string | undefined {
  if (!sameBytes(new Uint8Array(Buffer.concat(rows)), signed)) return 'other rows than signed';
  const within = rows.length <= MAX_BATCH_ROWS && rows.every((row) => row.length <= MAX_ROW_BYTES);
  return within && (signed?.length ?? 0) <= MAX_BATCH_BYTES + 1024
    ? undefined
    : 'more rows than a batch may have';
}
