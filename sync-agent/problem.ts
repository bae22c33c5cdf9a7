import { z } from 'zod';

/** A refusal in problem+json (RFC 9457 §3.2: members one doesn't know are ignored). */
export interface Problem {
  readonly code: string;
  /** Of a `gap`: the signed receipt with the position the city expects. */
  readonly receipt: Uint8Array | null;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
export const MAX_PROBLEM_BYTES = 16 * 1024;

/** The city's own `title` and `detail` are not taken over: free text from outside has no place in a log. */
const schema = z.object({
  code: z.string().regex(/^[a-z0-9-]{1,64}$/),
  receipt: z.base64url().max(4096).optional(),
});

export function parseProblem(bytes: Uint8Array): Problem | undefined {
  const parsed = schema.safeParse(parseJson(bytes));
  if (!parsed.success) return undefined;
  const { code, receipt } = parsed.data;
  return { code, receipt: receipt === undefined ? null : new Uint8Array(Buffer.from(receipt, 'base64url')) };
}

/** Bytes that are no JSON become undefined, which no schema accepts. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
