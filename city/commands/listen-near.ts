import type { FastifyInstance } from 'fastify';

/** Ports tried after the wanted one. */
export const PORTS_TRIED = 20;

/** Listens on the port, or the next free one up to +20. @returns the port. @throws when none is free. */
export async function listenNear(server: FastifyInstance, host: string, wanted: number): Promise<number> {
  for (let port = wanted; ; port++) {
    try {
      await server.listen({ host, port });
      const bound = server.server.address();
      // port 0 means any
      return bound !== null && typeof bound === 'object' ? bound.port : port;
    } catch (error) {
      const occupied = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!occupied || port >= Math.min(wanted + PORTS_TRIED, 65_535)) throw error;
    }
  }
}

/** The URL of what listens there; an IPv6 address stands in brackets (RFC 3986 §3.2.2). */
export function addressOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
