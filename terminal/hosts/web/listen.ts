import type { FastifyInstance } from 'fastify';

/** How many ports above an occupied one are tried. */
export const PORTS_TRIED = 20;

export interface PortWish {
  /** 0 takes any free one. */
  readonly port: number;
  /** Whether the next free one won't do: a page is open at this one. */
  readonly exact: boolean;
}

/** Listens on loopback, on the port wished or the next free one. @returns the port taken. */
export async function listenOnLoopback(server: FastifyInstance, { port, exact }: PortWish): Promise<number> {
  const last = exact ? port : port + PORTS_TRIED;
  for (let candidate = port; ; candidate++) {
    try {
      await server.listen({ host: '127.0.0.1', port: candidate });
      const address = server.server.address();
      if (address === null || typeof address === 'string') throw new Error('not listening on a port');
      return address.port;
    } catch (error) {
      const occupied = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!occupied || candidate >= last) throw error;
    }
  }
}
