import type { Device } from '../profiles/device.ts';

/** A device as looked up: fields that may have come to nothing. */
export type MaybeKnown = { readonly [K in keyof Device]?: Device[K] | undefined } & Pick<
  Device,
  'transport' | 'path'
>;

/** A field that isn't known isn't there. */
export function described({ transport, path, ...fields }: MaybeKnown): Device {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { transport, path, ...Object.fromEntries(known) };
}
