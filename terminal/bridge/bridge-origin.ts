/** Names under which a browser reaches its own machine without a resolver in between. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * An origin as browsers send it: scheme, host, and the port where it isn't the scheme's own.
 *
 * @returns whether it is exactly that, and https or on loopback. A wildcard, a path or `null` is none.
 */
export function isBridgeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  if (origin !== text || hostname.includes('*')) return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}
