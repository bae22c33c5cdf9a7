import type { ServerResponse } from 'node:http';
import { openAuditBatch } from '../../licence/audit/batch.ts';
import { type AuditReceipt, sealAuditReceipt } from '../../licence/audit/receipt.ts';
import { chainNext, chainStart } from '../../licence/audit/row.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import { COSE_MEDIA_TYPE } from '../../licence/wire/route.ts';

/** The rows a city holds of one epoch; row n at index n − 1. */
export interface HeldEpoch {
  rows: Uint8Array[];
  head: Uint8Array;
  /** Once the epoch has forked: the terminal's other rows, by number. */
  beside?: Map<number, Uint8Array>;
}

/** Takes audit batches in as the protocol says: idempotent, gaps refused, forks flagged. */
export class FakeAuditDesk {
  readonly epochs = new Map<string, HeldEpoch>();
  /** [seq of the first row, number of rows] of each batch taken. */
  readonly batches: [number, number][] = [];
  /** Changes a receipt before it is signed. */
  tamper: (receipt: AuditReceipt) => AuditReceipt = (receipt) => receipt;
  /** Commits, then drops the connection instead of answering. */
  losesReceipts = false;
  /** Keeps no more rows of a forked epoch. */
  full = false;
  key: SigningKey;
  readonly #verifier: SignatureVerifier;
  readonly #now: () => number;
  #publicKey = new Uint8Array(32);

  constructor(key: SigningKey, verifier: SignatureVerifier, now: () => number) {
    this.key = key;
    this.#verifier = verifier;
    this.#now = now;
  }

  know(publicKey: Uint8Array): void {
    this.#publicKey = new Uint8Array(publicKey);
  }

  rows(epoch: Uint8Array): Uint8Array[] {
    return this.epochs.get(hex(epoch))?.rows ?? [];
  }

  answer(response: ServerResponse, body: Uint8Array): void {
    const opened = openAuditBatch(body, this.#publicKey, this.#verifier);
    if (!opened.ok) {
      response.writeHead(400, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'malformed' }));
      return;
    }
    const { terminalId, epoch, seq, rows } = opened.value;
    const held: HeldEpoch = this.epochs.get(hex(epoch)) ?? {
      rows: [],
      head: chainStart(terminalId, epoch),
    };
    this.epochs.set(hex(epoch), held);
    const gap = !held.beside && seq > held.rows.length + 1;
    const differing = rows.findIndex((row, i) => {
      const other = held.rows[seq - 1 + i];
      return other !== undefined && Buffer.compare(other, row) !== 0;
    });
    const forked = !gap && (held.beside !== undefined || differing >= 0);
    if (forked && !this.full) {
      held.beside ??= new Map();
      const from = differing < 0 ? Math.max(0, held.rows.length - (seq - 1)) : differing;
      for (const [i, row] of rows.entries()) if (i >= from) held.beside.set(seq + i, row);
    } else if (!gap && !forked) {
      for (const row of rows.slice(held.rows.length - (seq - 1))) {
        held.rows.push(row);
        held.head = chainNext(held.head, row);
      }
      this.batches.push([seq, rows.length]);
    }
    if (this.losesReceipts) {
      response.destroy();
      return;
    }
    const receipt = sealAuditReceipt(
      this.tamper({
        terminalId,
        epoch,
        seq: held.rows.length,
        head: held.head,
        unixMs: Math.round(this.#now()),
        forked,
      }),
      this.key,
    );
    if (gap || (forked && this.full)) {
      const code = gap ? 'gap' : 'fork-full';
      response.writeHead(409, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code, receipt: Buffer.from(receipt).toString('base64url') }));
      return;
    }
    response.writeHead(200, { 'content-type': COSE_MEDIA_TYPE }).end(receipt);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
