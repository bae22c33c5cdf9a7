/** No product or manufacturer name needs more (USB allows 126 characters); a device may claim anything. */
export const MAX_DEVICE_TEXT = 128;

/**
 * What a device says of itself, made fit for a screen or a log: no control, direction or line characters, at most
 * MAX_DEVICE_TEXT; undefined where nothing is left.
 */
export function deviceText(said: string | undefined): string | undefined {
  // Cut first, so that a long text costs no more than a short one; then again, by whole characters.
  const shown = said
    ?.slice(0, 4 * MAX_DEVICE_TEXT)
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return shown ? [...shown].slice(0, MAX_DEVICE_TEXT).join('').trim() : undefined;
}

/** Reads a number of `digits` hex digits or fewer, such as sysfs and serialport write USB ids; else undefined. */
export function hexNumber(text: string | undefined, digits = 4): number | undefined {
  const found = text?.trim();
  if (!found || found.length > digits || !/^[0-9a-f]+$/i.test(found)) return undefined;
  return Number.parseInt(found, 16);
}
