import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ROUTE } from '../../licence/wire/route.ts';
import { MAX_HEALTH_BYTES, MAX_REQUEST_BYTES } from '../../licence/wire/terminal-request.ts';
import type { City } from '../city.ts';
import { bytesOfBody } from './body-bytes.ts';
import { readJsonBody } from './json-body.ts';
import { sendProblem } from './problem.ts';
import { proveRequest } from './proved-request.ts';

/** The window a terminal picks its next poll from: 5 min on average, spread so that no herd forms. */
export const NEXT_POLL = { fromSeconds: 240, toSeconds: 360 } as const;

const count = z.int().min(0);

/** Of the health document. */
export const MAX_HEALTH_DEPTH = 8;

/**
 * The terminal's account of its own health. It is kept as it came, since its form is the terminal's and grows with its
 * releases; only its size and depth are the city's.
 */
const health = z
  .record(z.string().max(64), z.unknown())
  .refine((value) => isShallow(value, MAX_HEALTH_DEPTH), `deeper than ${MAX_HEALTH_DEPTH} levels`)
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= MAX_HEALTH_BYTES, {
    // what is too deep would not survive being measured
    when: ({ issues }) => issues.length === 0,
    error: `larger than ${MAX_HEALTH_BYTES} bytes`,
  });

/** What a terminal says of itself. */
export const reportShape = z.strictObject({
  version: z.string().max(64),
  clockOffsetMs: z.number(),
  /** Audit rows not yet acknowledged. */
  queue: count,
  trust: z.strictObject({ root: count, timestamp: count, snapshot: count, targets: count }).nullable(),
  lists: z.array(z.strictObject({ uri: z.string().max(256), iat: count })).max(256),
  /** Absent from older agents, and while the terminal itself isn't running. */
  health: health.optional(),
});

/** `POST /v1/report`: inventory and health → when to poll next. */
export function reportRoute(server: FastifyInstance, city: City): void {
  server.post(ROUTE.report, { bodyLimit: MAX_REQUEST_BYTES }, async (request, reply) => {
    const bytes = bytesOfBody(request.body);
    if (!bytes) return sendProblem(reply, 'malformed', { detail: 'no body' });
    const proved = await proveRequest(city, bytes, ROUTE.report);
    if (!proved.ok) return sendProblem(reply, proved.code, { detail: proved.detail });
    const report = readJsonBody(proved.body, reportShape);
    if (!report.ok) return sendProblem(reply, 'malformed', { detail: report.detail });
    await city.terminals.saveReport(proved.terminalId, JSON.stringify(report.value));
    return reply.send({ nextPoll: NEXT_POLL });
  });
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
