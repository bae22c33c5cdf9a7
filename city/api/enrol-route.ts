import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isSoundPublicKey } from '../../licence/ed25519/noble-verifier.ts';
import { ENROLMENT_SECRET_BYTES } from '../../licence/wire/enrolment-code.ts';
import { ROUTE } from '../../licence/wire/route.ts';
import { MAX_REQUEST_BYTES, openTerminalRequest } from '../../licence/wire/terminal-request.ts';
import type { City } from '../city.ts';
import { terminalIdOf } from '../fleet/terminal-id.ts';
import { checkJsonBody, readJsonBody } from './json-body.ts';
import { sendProblem } from './problem.ts';
import { type RateLimit, rateLimit } from './rate-limit.ts';

/** An installer enrols a hall's terminals one after the other; a guesser of 80-bit secrets gets nowhere either way. */
export const ENROL_LIMIT: RateLimit = { requests: 60, windowMs: 60_000 };
const MAX_ENROL_BYTES = 8 * 1024;

const bodyShape = z.strictObject({
  publicKey: z.base64url(),
  request: z.base64url().max((MAX_REQUEST_BYTES * 4) / 3),
});
/** No control characters and no line ends: the name is shown to operators. */
const nameShape = z
  .string()
  .max(64)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'holds a control character');
const codeShape = z.strictObject({ code: z.base64url(), name: nameShape });

/**
 * `POST /v1/enrol`: a code and a key that proves itself → terminal id and first root. Its iat isn't judged, because a
 * new terminal's clock may be wrong; the code works once anyway.
 */
export function enrolRoute(server: FastifyInstance, city: City): void {
  const preHandler = rateLimit(ENROL_LIMIT, city.clock);
  server.post(ROUTE.enrol, { bodyLimit: MAX_ENROL_BYTES, preHandler }, async (request, reply) => {
    const body = checkJsonBody(request.body, bodyShape);
    if (!body.ok) return sendProblem(reply, 'malformed', { detail: body.detail });
    const publicKey = raw(body.value.publicKey);
    if (!isSoundPublicKey(publicKey)) {
      return sendProblem(reply, 'malformed', { detail: 'publicKey is not a sound Ed25519 key' });
    }
    const proof = openTerminalRequest(raw(body.value.request), ROUTE.enrol, publicKey, city.verifier);
    if (!proof.ok) return sendProblem(reply, 'not-proved', { detail: proof.detail });
    if (Buffer.compare(proof.value.terminalId, terminalIdOf(publicKey)) !== 0) {
      return sendProblem(reply, 'not-proved', { detail: 'the terminal id is not that of the key' });
    }
    const asked = readJsonBody(proof.value.body, codeShape);
    if (!asked.ok) return sendProblem(reply, 'malformed', { detail: asked.detail });
    const secret = raw(asked.value.code);
    if (secret.length !== ENROLMENT_SECRET_BYTES) {
      return sendProblem(reply, 'malformed', { detail: `code is not ${ENROLMENT_SECRET_BYTES} bytes` });
    }
    const enrolled = await city.enrolment.enrol(secret, publicKey, asked.value.name);
    if (!enrolled.ok) return sendProblem(reply, enrolled.fault);
    return reply.code(201).send({
      terminalId: Buffer.from(enrolled.terminalId).toString('hex'),
      root: Buffer.from(enrolled.root).toString('base64url'),
    });
  });
}

function raw(base64url: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64url, 'base64url'));
}
