import { expect } from 'vitest';
import { sealAuditReceipt } from '../../licence/audit/receipt.ts';
import { chainNext, chainStart } from '../../licence/audit/row.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../../licence/wire/route.ts';
import { AuditLog } from '../../terminal/store/audit-log.ts';
import type { SyncStore } from '../../terminal/store/sync-store.ts';
import { pushAudit } from '../audit-push.ts';
import { AuditSource } from '../audit-source.ts';
import { openBench } from './bench.ts';
import { send } from './fake-city.ts';

/** A bench whose terminal writes an audit log, with everything that may befall its rows on their way. */
export async function openAuditBench() {
  const bench = await openBench();
  await bench.trusting();
  const { store, city, clock, folder, identity, signal } = bench;
  const log = AuditLog.open(folder.auditDb, identity.terminalId);
  const source = new AuditSource(folder.auditDb);
  const held = (epoch = log.epoch) => city.audit.epochs.get(Buffer.from(epoch).toString('hex'));
  const push = (into: SyncStore = store) =>
    pushAudit({ ...bench, store: into, reader: () => source.reader() }, signal);
  return {
    ...bench,
    log,
    source,
    push,
    watermark: () => store.watermark(log.epoch),
    /** How many rows of an epoch the city has. */
    atCity: (epoch = log.epoch) => city.audit.rows(epoch).length,
    /** How many of a forked epoch it keeps beside its own. */
    beside: () => held()?.beside?.size,
    append(count: number, bytes = 0): void {
      for (let i = 0; i < count; i++) {
        const detail = new Map([['detail', 'x'.repeat(bytes)]]);
        log.append({ event: 'scan', unixMs: clock.wall, public: detail, sealed: null });
      }
    },
    /** Rows so old that they went, though the city has them. */
    prune(seq: number): void {
      const head = source.reader()?.headAt(log.epoch, seq) ?? new Uint8Array(32);
      const watermark = { epoch: log.epoch, seq, head, forked: false };
      log.noteAcknowledged(watermark, clock.wall);
      expect(log.prune(clock.wall + 400 * 86_400_000)).toBe(seq);
    },
    /** A city restored from a backup of when it had `count` rows. */
    restoreCity(count: number): void {
      const rows = city.audit.rows(log.epoch).slice(0, count);
      const head = rows.reduce(chainNext, chainStart(identity.terminalId, log.epoch));
      city.audit.epochs.set(Buffer.from(log.epoch).toString('hex'), { rows, head });
    },
    /** The row a cloned disk would have written under the same number. */
    otherRow(): void {
      const epoch = held();
      if (!epoch) throw new Error('the city holds nothing');
      epoch.rows[epoch.rows.length - 1] = new Uint8Array([1]);
      epoch.head = new Uint8Array(32).fill(1);
    },
    /** A proxy that reads along: what it heard now, it says to every later push. @returns how to begin with that. */
    async recordReceipt(status: 200 | 409): Promise<() => void> {
      let old = new Uint8Array(0);
      const { tamper } = city.audit;
      city.audit.tamper = (receipt) => {
        old = new Uint8Array(sealAuditReceipt(receipt, city.audit.key));
        return receipt;
      };
      await push();
      city.audit.tamper = tamper;
      return () => {
        city.intercept = (request, response) => {
          if (request.url !== ROUTE.audit) return false;
          if (status === 200) send(response, 200, COSE_MEDIA_TYPE, old);
          else {
            response.writeHead(409, { 'content-type': 'application/problem+json' });
            response.end(JSON.stringify({ code: 'gap', receipt: Buffer.from(old).toString('base64url') }));
          }
          return true;
        };
      };
    },
    async close(): Promise<void> {
      source.close();
      log.close();
      await bench.close();
    },
  };
}

export type AuditBench = Awaited<ReturnType<typeof openAuditBench>>;
