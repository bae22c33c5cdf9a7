import { z } from 'zod';
import { bridgeRequestSchema } from '../bridge/client-request.ts';
import { SCANNER_ACTIONS } from '../scanner-actions.ts';
import { staffRequestShape } from '../staff/staff-request.ts';

/** One JSON line asks, one answers, over the terminal's Unix socket (mode 0600). */
export const requestSchema = z.discriminatedUnion('command', [
  /** Present a code to the simulated scanner. */
  z.strictObject({
    command: z.literal('show'),
    text: z
      .string()
      .min(1)
      .max(64 * 1024),
  }),
  z.strictObject({ command: z.literal('status') }),
  /** Ask something of the scanner it holds. */
  z.strictObject({ command: z.literal('scanner'), action: z.enum(SCANNER_ACTIONS) }),
  /** Who works at this terminal. */
  staffRequestShape,
  /** Which business systems may use the bridge. */
  bridgeRequestSchema,
  /** Enrol with a city: the agent takes it from here. */
  z.strictObject({
    command: z.literal('enrol'),
    city: z.url({ protocol: /^https?$/ }),
    code: z.string().min(1).max(128),
    name: z.string().min(1).max(64).optional(),
  }),
]);

export type ControlRequest = z.infer<typeof requestSchema>;

export type ControlAnswer =
  | { readonly ok: true; readonly [key: string]: unknown }
  | { readonly ok: false; readonly error: string };

export const MAX_LINE_BYTES = 128 * 1024;
