import { z } from 'zod';
import { MAX_CASE_NO } from '../contract.ts';

/** Bodies and answers of the bridge: what is checked, what the types are and what the OpenAPI document says. */

/** Longest a request may stay open: somebody who hasn't shown a code by then isn't coming. */
export const MAX_REQUEST_SECONDS = 600;
/** How long it stays open where the client doesn't say. */
export const DEFAULT_REQUEST_SECONDS = 120;

const serviceId = z.string().describe('id of a service of the city’s catalogue');
const kindId = z.string().describe('id of a kind of licence');
const names = z.strictObject({ zh: z.string(), en: z.string() });
const position = z
  .strictObject({ epoch: z.string().describe('hex'), seq: z.int().min(0) })
  .describe('the row of the terminal’s audit log that records it');

export const requestId = z
  .string()
  .regex(/^[A-Za-z0-9-]{8,64}$/)
  .describe('chosen by the client, another one for each request: a UUID does');

/** The business system's own number for a case; no control or format characters: it may be shown, and is signed. */
export const caseNo = z.string().regex(new RegExp(`^\\P{C}{1,${MAX_CASE_NO}}$`, 'u'));

export const requestBody = z.strictObject({
  businessType: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,16}$/)
    .optional()
    .describe('code of the business, such as 01301'),
  matter: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/)
    .optional()
    .describe('id of a matter (事项) of the catalogue'),
  caseNo: caseNo.optional().describe('the business system’s own number for the case'),
  expiresInSeconds: z
    .int()
    .min(5)
    .max(MAX_REQUEST_SECONDS)
    .default(DEFAULT_REQUEST_SECONDS)
    .describe('closes by itself after so many seconds'),
});

export const REQUEST_STATES = ['waiting', 'handed-on', 'cancelled', 'expired'] as const;

export const requestAnswer = z.strictObject({
  id: requestId,
  state: z.enum(REQUEST_STATES),
  expiresInSeconds: z.int().min(0).optional().describe('of one that waits'),
  receipt: z.string().optional().describe('compact JWS, typ lz-receipt+jwt; until it is acknowledged'),
});

export const terminalAnswer = z.strictObject({
  version: z.literal(1),
  terminal: z.string().describe('hex id, the kid of its signatures'),
  publicKey: z
    .strictObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string(),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
    })
    .describe('JWK that receipts are checked with'),
  service: serviceId,
  inService: z.boolean(),
});

const signedClaims = {
  iss: z.string().describe('urn:liangzheng:terminal: and the hex id'),
  aud: z.string().describe('name of the client it is for'),
  jti: z.string().describe('the request’s id; a random one for what nobody had asked for'),
  iat: z.int().describe('unix seconds by the best time the terminal has'),
  service: serviceId,
};

export const receiptClaims = z.strictObject({
  ...signedClaims,
  businessType: z.string().optional(),
  matter: z.string().optional(),
  caseNo: z.string().optional(),
  staff: z.string().optional().describe('who handed it on; absent at a kiosk'),
  outcome: z.literal('accepted'),
  licences: z.array(
    z.strictObject({
      kind: kindId,
      issuer: z.string(),
      fields: z.array(
        z.strictObject({
          label: z.int(),
          names,
          value: z.union([z.string(), z.number(), z.boolean()]),
        }),
      ),
      licence: z
        .string()
        .optional()
        .describe('base64url of the licence as its issuer signed it (COSE_Sign1)'),
      delegate: z.string().optional().describe('who showed it in the holder’s place'),
      statusIat: z.int().optional().describe('unix seconds at which the revocation list used was signed'),
      resolvedIat: z
        .int()
        .optional()
        .describe('unix seconds at which the city answered for a reference code'),
      audit: position.optional(),
    }),
  ),
});

export const verdictClaims = z.strictObject({
  ...signedClaims,
  jti: z.string().describe('the event’s id'),
  number: z.int().describe('of the verdict, counted since the terminal started'),
  outcome: z.enum(['accepted', 'rejected', 'undetermined']),
  reason: z.string().describe('as in docs/licence-code.md'),
  kind: kindId.optional().describe('of an accepted licence'),
});

export const verdictEvent = verdictClaims
  .pick({ service: true, number: true, outcome: true, reason: true, kind: true })
  .extend({ signed: z.string().describe('compact JWS, typ lz-verdict+jwt') });

export const handedOnEvent = z.strictObject({
  request: requestId.describe('what to acknowledge it by'),
  receipt: z.string().describe('compact JWS, typ lz-receipt+jwt'),
});

export const stateEvent = terminalAnswer.pick({ service: true, inService: true });

export type RequestBody = Readonly<z.infer<typeof requestBody>>;
export type RequestAnswer = Readonly<z.infer<typeof requestAnswer>>;
export type TerminalAnswer = Readonly<z.infer<typeof terminalAnswer>>;
export type ReceiptClaims = Readonly<z.infer<typeof receiptClaims>>;
export type VerdictClaims = Readonly<z.infer<typeof verdictClaims>>;
export type VerdictEvent = Readonly<z.infer<typeof verdictEvent>>;
export type HandedOnEvent = Readonly<z.infer<typeof handedOnEvent>>;
export type StateEvent = Readonly<z.infer<typeof stateEvent>>;
