import { z } from 'zod';

export type JsonBody<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly detail: string };

/** Reads untrusted JSON in UTF-8 through a schema. */
export function readJsonBody<T>(bytes: Uint8Array, schema: z.ZodType<T>): JsonBody<T> {
  const json = parse(bytes);
  if (!json.ok) return json;
  return checkJsonBody(json.value, schema);
}

/** The same for JSON that is parsed already. */
export function checkJsonBody<T>(value: unknown, schema: z.ZodType<T>): JsonBody<T> {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, detail: z.prettifyError(parsed.error) };
}

function parse(bytes: Uint8Array): JsonBody<unknown> {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (error) {
    // SyntaxError from JSON, TypeError from the decoder
    if (error instanceof SyntaxError || error instanceof TypeError) return { ok: false, detail: 'not JSON' };
    throw error;
  }
}
