import type { FastifyReply } from 'fastify';

/** Every error of the bridge: stable code, HTTP status, title (RFC 9457). None quotes what was sent. */
export const BRIDGE_PROBLEMS = {
  malformed: { status: 400, title: 'The request is not what this route takes' },
  'unknown-token': { status: 401, title: 'No client has this token' },
  'foreign-origin': { status: 403, title: 'Pages of this origin may not use this client’s token' },
  'not-admitted': { status: 403, title: 'This client is not admitted for the terminal’s service' },
  'not-found': { status: 404, title: 'There is nothing under this name' },
  busy: { status: 409, title: 'Another request is open at this terminal' },
  'request-differs': { status: 409, title: 'There was another request under this id' },
  'handed-on': { status: 409, title: 'The licence was handed on already' },
  'not-handed-on': { status: 409, title: 'There is no receipt to acknowledge' },
  'too-large': { status: 413, title: 'The request is too large' },
  'media-type': { status: 415, title: 'The route takes JSON' },
  'too-many': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'The terminal failed to answer' },
} as const;

export type BridgeProblem = keyof typeof BRIDGE_PROBLEMS;

export interface BridgeProblemExtra {
  /** What exactly was wrong; nothing of what was sent. */
  readonly detail?: string;
  /** Seconds for `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** Answers with problem+json. */
export function sendBridgeProblem(
  reply: FastifyReply,
  code: BridgeProblem,
  { detail, retryAfterSeconds }: BridgeProblemExtra = {},
): FastifyReply {
  const { status, title } = BRIDGE_PROBLEMS[code];
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  if (code === 'unknown-token') void reply.header('www-authenticate', 'Bearer');
  return reply
    .code(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title,
        status,
        code,
        ...(detail === undefined ? {} : { detail }),
      }),
    );
}

/** What Fastify itself refuses before a route sees it, as problems; everything else is the terminal's own failure. */
export function bridgeProblemOf(error: unknown): BridgeProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return 'too-large';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'media-type';
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return 'malformed';
    default:
      return 'internal';
  }
}
