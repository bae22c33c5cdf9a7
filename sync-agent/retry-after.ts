/**
 * Reads a Retry-After header (RFC 9110 §10.2.3): seconds, or a date, which is taken against the answer's own Date
 * since the terminal's clock may be wrong.
 *
 * @returns ms, undefined for anything else.
 */
export function parseRetryAfter(header: string | undefined, date: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const span = Date.parse(header) - Date.parse(date ?? '');
  return Number.isNaN(span) ? undefined : Math.max(span, 0);
}
