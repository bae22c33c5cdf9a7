import type { FastifyReply, FastifyRequest } from 'fastify';

/** Bytes that stay the same under their ETag. */
export interface StaticAnswer {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly type: string;
  /** `immutable` for names that carry their version; else a cache must ask again each time. */
  readonly cache: 'immutable' | 'revalidate';
}

const CACHE_CONTROL = {
  immutable: 'public, max-age=31536000, immutable',
  revalidate: 'public, no-cache',
} as const;

/** Answers 304 to who has it already. */
export function sendStatic(request: FastifyRequest, reply: FastifyReply, answer: StaticAnswer): FastifyReply {
  void reply.header('etag', answer.etag).header('cache-control', CACHE_CONTROL[answer.cache]);
  if (matches(request.headers['if-none-match'], answer.etag)) return reply.code(304).send();
  return reply.type(answer.type).send(Buffer.from(answer.bytes));
}

/** RFC 9110 §13.1.2: a list of tags compared weakly, or `*`. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => ['*', etag, `W/${etag}`].includes(one.trim()));
}
