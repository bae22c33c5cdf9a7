import type { FastifyReply } from 'fastify';
import type { PhoneFault } from '../phone/phone-contract.ts';

/** Answers with problem+json (RFC 9457). */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  code: PhoneFault,
  detail: string,
): FastifyReply {
  return reply
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: code, status, detail, code }));
}
