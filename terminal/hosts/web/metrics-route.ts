import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../../health/metrics.ts';

/** Where Prometheus asks, on loopback as everything here; a fleet's own agent carries it further. */
export const METRICS_ROUTE = '/metrics';

/** Adds `GET /metrics`. */
export function metricsRoute(server: FastifyInstance, metrics: Pick<Metrics, 'text' | 'contentType'>): void {
  server.get(METRICS_ROUTE, async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}
