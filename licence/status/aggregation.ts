import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { isListUri, type Parsed } from '../cwt.ts';
import { repeated } from '../trust/repeated.ts';

/** Lists of a province's issuers, with room. */
export const MAX_AGGREGATED_LISTS = 1024;
/** As many names of 256 characters. */
export const MAX_AGGREGATION_BYTES = 256 * 1024;

const schema = z.strictObject({
  status_lists: z.array(z.string().refine(isListUri)).max(MAX_AGGREGATED_LISTS),
});

/**
 * Reads a Status List Aggregation (draft-ietf-oauth-status-list §9.3): JSON that names an issuer's lists. It isn't
 * signed, so it grants nothing: a list named here still counts only if `issuers.cbor` says who owns it.
 *
 * @returns the uris in the order listed, each once.
 */
export function parseAggregation(bytes: Uint8Array): Parsed<readonly string[]> {
  if (bytes.length > MAX_AGGREGATION_BYTES) return fault(`longer than ${MAX_AGGREGATION_BYTES} bytes`);
  if (!isUtf8(bytes)) return fault('not UTF-8');
  const parsed = schema.safeParse(parseJson(Buffer.from(bytes).toString('utf8')));
  if (!parsed.success) return fault('not a status list aggregation');
  const uris = parsed.data.status_lists;
  return repeated(uris) === undefined ? { ok: true, value: uris } : fault('a list is named twice');
}

/** The other direction. @throws RangeError for lists no terminal would read: too many, too long, twice. */
export function encodeAggregation(uris: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(JSON.stringify({ status_lists: uris })));
  const parsed = parseAggregation(bytes);
  if (!parsed.ok) throw new RangeError(`not an aggregation a terminal reads: ${parsed.detail}`);
  return bytes;
}

/** Text that is no JSON becomes undefined, which no schema accepts. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function fault(detail: string): { readonly ok: false; readonly detail: string } {
  return { ok: false, detail };
}
