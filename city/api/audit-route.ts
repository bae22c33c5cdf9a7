import type { FastifyInstance } from 'fastify';
import { MAX_BATCH_BYTES } from '../../licence/audit/batch.ts';
import { sealAuditReceipt } from '../../licence/audit/receipt.ts';
import { TYP } from '../../licence/cose/typ.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../../licence/wire/route.ts';
import type { Intake } from '../audit/audit-intake.ts';
import { MAX_FORK_ROWS } from '../audit/fork-rows.ts';
import { type ChainedBatch, readBatch } from '../audit/read-batch.ts';
import type { City } from '../city.ts';
import { findSigner } from '../fleet/find-signer.ts';
import { bytesOfBody } from './body-bytes.ts';
import { sendProblem } from './problem.ts';

/** Rows and the envelope around them. */
const MAX_AUDIT_BYTES = MAX_BATCH_BYTES + 1024;

/** `POST /v1/audit`: rows signed by a terminal → a signed receipt, made only after the rows are on disk. */
export function auditRoute(server: FastifyInstance, city: City): void {
  server.post(ROUTE.audit, { bodyLimit: MAX_AUDIT_BYTES }, async (request, reply) => {
    const bytes = bytesOfBody(request.body);
    if (!bytes) return sendProblem(reply, 'malformed', { detail: 'no body' });
    const signer = await findSigner(bytes, TYP.auditBatch, city.terminals, city.verifier, MAX_AUDIT_BYTES);
    if (!signer.ok) return sendProblem(reply, signer.fault, { detail: signer.detail });
    const { id, public_key } = signer.terminal;
    const batch = readBatch(bytes, public_key, city.verifier);
    if (!batch.ok) return sendProblem(reply, 'malformed', { detail: batch.detail });
    if (Buffer.compare(batch.value.terminalId, id) !== 0) {
      return sendProblem(reply, 'not-proved', { detail: 'rows of another terminal' });
    }
    const intake = await city.auditIntake.take(batch.value);
    const receipt = Buffer.from(seal(city, batch.value, intake));
    if (intake.outcome === 'gap') {
      return sendProblem(reply, 'gap', {
        detail: `row ${intake.seq + 1} is expected`,
        receipt: receipt.toString('base64url'),
      });
    }
    if (intake.outcome === 'held') return reply.type(COSE_MEDIA_TYPE).send(receipt);
    const terminal = Buffer.from(id).toString('hex');
    request.log.error({ terminal, outcome: intake.outcome }, 'audit fork: a cloned or rolled-back disk');
    if (intake.outcome === 'fork-full') {
      return sendProblem(reply, 'fork-full', {
        detail: `${MAX_FORK_ROWS} rows at most are kept beside the chain of an epoch`,
        receipt: receipt.toString('base64url'),
      });
    }
    return reply.type(COSE_MEDIA_TYPE).send(receipt);
  });
}

function seal(city: City, { terminalId, epoch }: ChainedBatch, { outcome, seq, head }: Intake): Uint8Array {
  const unixMs = city.clock.now();
  return sealAuditReceipt(
    { terminalId, epoch, seq, head, unixMs, forked: outcome === 'forked' || outcome === 'fork-full' },
    city.keys.city,
  );
}
