import type { FastifyReply } from 'fastify';

/** Every error of the API: stable code, HTTP status, title (RFC 9457). */
export const PROBLEMS = {
  malformed: { status: 400, title: 'The request is not what this route takes' },
  clock: { status: 401, title: 'The request was made outside the time window: ask /v1/time' },
  'unknown-terminal': { status: 401, title: 'No terminal is enrolled under this key' },
  'not-proved': { status: 401, title: 'The request does not prove who made it' },
  'code-unknown': { status: 403, title: 'There is no such enrolment code' },
  'code-expired': { status: 403, title: 'The enrolment code is past its time' },
  'not-found': { status: 404, title: 'There is nothing under this name' },
  'code-used': { status: 409, title: 'The enrolment code was used by another terminal' },
  replayed: { status: 409, title: 'The request was made before' },
  gap: { status: 409, title: 'Audit rows are missing before this batch' },
  'fork-full': { status: 409, title: 'As many forked rows of this epoch are kept as can be' },
  'too-large': { status: 413, title: 'The request is too large' },
  'media-type': { status: 415, title: 'The route takes another media type' },
  'too-many': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'The city failed to answer' },
  'too-many-streams': { status: 503, title: 'Too many open streams' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export interface ProblemExtra {
  /** What exactly was wrong; nothing personal. */
  readonly detail?: string;
  /** Seconds for `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** For `gap` and `fork-full`: base64url of the signed receipt that names the city's position. */
  readonly receipt?: string;
}

/** Answers with problem+json. */
export function sendProblem(reply: FastifyReply, code: ProblemCode, extra: ProblemExtra = {}): FastifyReply {
  const { status, title } = PROBLEMS[code];
  const { detail, retryAfterSeconds, receipt } = extra;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  return reply
    .code(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title,
        status,
        ...(detail === undefined ? {} : { detail }),
        code,
        ...(receipt === undefined ? {} : { receipt }),
      }),
    );
}
