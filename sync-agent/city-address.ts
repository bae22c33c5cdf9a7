/**
 * The base URL of a city's API, without a slash at the end. Plain http is taken on loopback only, since there nobody
 * is in between.
 *
 * @returns undefined for any other address, and for one with credentials, query or fragment.
 */
export function parseCityAddress(text: string): string | undefined {
  if (text.length > MAX_ADDRESS || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash) return undefined;
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return safe ? url.href.replace(/\/+$/, '') : undefined;
}

const MAX_ADDRESS = 512;

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
