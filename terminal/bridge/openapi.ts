import { z } from 'zod';
import {
  handedOnEvent,
  MAX_REQUEST_SECONDS,
  receiptClaims,
  requestAnswer,
  requestBody,
  requestId,
  stateEvent,
  terminalAnswer,
  verdictClaims,
  verdictEvent,
} from './api-schemas.ts';
import { EVENT_ID } from './event-log.ts';

/** The OpenAPI 3.1 document of the bridge, made of the very schemas that check what is sent. */
export function bridgeOpenApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Liangzheng bridge',
      version: '1.0.0',
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://127.0.0.1:7080/bridge/v1', description: 'the terminal, on the same machine' }],
    security: [{ token: [] }],
    paths: {
      '/terminal': {
        get: operation(
          'terminal',
          'Which terminal this is, the key of its receipts, and whether it is in service',
          {
            200: json('the terminal', 'Terminal'),
          },
        ),
      },
      '/requests/{id}': {
        parameters: [ID],
        put: {
          ...operation(
            'putRequest',
            `Ask for the next accepted licence. Idempotent: the same body again answers how the request fares. One is open per terminal, for at most ${MAX_REQUEST_SECONDS} s`,
            {
              200: json('known already: how it fares', 'Request'),
              201: json('opened', 'Request'),
              409: problem('`busy` or `request-differs`'),
              413: problem('`too-large`'),
              415: problem('`media-type`'),
            },
          ),
          requestBody: { required: true, ...content('RequestBody') },
        },
        get: operation('getRequest', 'How a request fares', {
          200: json('the request', 'Request'),
          404: problem('`not-found`'),
        }),
        delete: operation('cancelRequest', 'Cancel a request; one that has ended stays as it ended', {
          200: json('the request', 'Request'),
          404: problem('`not-found`'),
          409: problem('`handed-on`: too late'),
        }),
      },
      '/requests/{id}/acknowledgement': {
        parameters: [ID],
        post: operation('acknowledge', 'The receipt is safe: the terminal may forget it. Idempotent', {
          204: { description: 'forgotten' },
          404: problem('`not-found`'),
          409: problem('`not-handed-on`'),
        }),
      },
      '/events': {
        get: {
          ...operation('events', 'Server-sent events: `state`, `verdict` and `handed-on`', {
            200: {
              description:
                'the data of each event is JSON: State, Verdict or HandedOn by its name; a comment every 5 s',
              content: { 'text/event-stream': { schema: { type: 'string' } } },
            },
          }),
          parameters: [
            {
              name: 'Last-Event-ID',
              in: 'header',
              required: false,
              description:
                'replays what came after it and is still held; without it, receipts that wait are sent',
              schema: { type: 'string', pattern: EVENT_ID.source },
            },
          ],
        },
      },
      '/openapi.json': {
        get: {
          operationId: 'openapi',
          summary: 'This document',
          security: [],
          responses: {
            200: {
              description: 'OpenAPI 3.1',
              content: { 'application/json': { schema: { type: 'object' } } },
            },
          },
        },
      },
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'from `liangzheng bridge add`' },
      },
      schemas: {
        Terminal: jsonSchema(terminalAnswer),
        RequestBody: jsonSchema(requestBody, 'input'),
        Request: jsonSchema(requestAnswer),
        State: jsonSchema(stateEvent),
        Verdict: jsonSchema(verdictEvent),
        HandedOn: jsonSchema(handedOnEvent),
        ReceiptClaims: jsonSchema(receiptClaims),
        VerdictClaims: jsonSchema(verdictClaims),
        Problem: jsonSchema(PROBLEM),
      },
    },
  };
}

const ABOUT = `How a business system on the same machine asks a terminal for licences and receives what was checked.
Receipts are compact JWS (EdDSA) whose payload is ReceiptClaims; \`signed\` of a verdict is one of VerdictClaims.`;

const PROBLEM = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('stable; what to decide by'),
  detail: z.string().optional(),
});

const ID = { name: 'id', in: 'path', required: true, schema: jsonSchema(requestId) } as const;

/** What every route behind a token may answer. */
const COMMON = {
  400: problem('`malformed`'),
  401: problem('`unknown-token`'),
  403: problem('`foreign-origin`; of a request also `not-admitted`'),
  429: {
    ...problem('`too-many`'),
    headers: { 'Retry-After': { description: 'seconds', schema: { type: 'integer' } } },
  },
  500: problem('`internal`'),
};

function operation(operationId: string, summary: string, responses: object) {
  return { operationId, summary, responses: { ...responses, ...COMMON } };
}

function json(description: string, schema: string) {
  return { description, ...content(schema) };
}

function content(schema: string, type = 'application/json') {
  return { content: { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } } };
}

function problem(description: string) {
  return { description, ...content('Problem', 'application/problem+json') };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
