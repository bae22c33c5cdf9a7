import type { View } from '../../terminal/contract.ts';

/**
 * A `View` out of one event of the stream, or `undefined` when it isn't one this page knows. The terminal that serves
 * the page is its own source of truth, so this looks for another version and for damage, not for malice.
 */
export function parseView(data: string): View | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('version' in value) || value.version !== 1) return undefined;
  if (!('screen' in value) || !('settings' in value) || !('service' in value)) return undefined;
  return value as View;
}
