import { z } from 'zod';
import { MAX_REFERENCE_CHARACTERS } from '../reference-code.ts';

/**
 * Body of a terminal request to `/v1/resolve`, JSON: a reference code somebody showed, or a number that staff look up.
 * Showing a code is consent; for a number it has to be asked for and said.
 */
export const resolveRequestShape = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('code'),
    /** As it was scanned. */
    value: z.string().min(1).max(MAX_REFERENCE_CHARACTERS),
    service: z.string().min(1).max(64),
    consent: z.literal(true).optional(),
  }),
  z.strictObject({
    /** 统一社会信用代码 (GB 32100) or 公民身份号码 (GB 11643). */
    type: z.enum(['uscc', 'id']),
    /** Both have 18 characters; whether it is one is the city's to say. */
    value: z.string().length(18),
    /** `id` of the service the licences are wanted for. */
    service: z.string().min(1).max(64),
    /** That the holder agreed. */
    consent: z.literal(true),
  }),
]);

export type ResolveRequest = Readonly<z.infer<typeof resolveRequestShape>>;

/** The bytes of such a body. */
export function encodeResolveRequest(request: ResolveRequest): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(request)));
}
