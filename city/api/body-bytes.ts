import type { FastifyInstance } from 'fastify';
import { COSE_MEDIA_TYPE } from '../../licence/wire/route.ts';

/** Lets routes receive COSE and raw bytes, each within its route's own limit. */
export function parseByteBodies(server: FastifyInstance): void {
  server.addContentTypeParser(
    [COSE_MEDIA_TYPE, 'application/octet-stream'],
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );
}

/** @returns undefined when the request came without a body of bytes. */
export function bytesOfBody(body: unknown): Uint8Array | undefined {
  return body instanceof Uint8Array ? new Uint8Array(body) : undefined;
}
