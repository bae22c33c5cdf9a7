import { z } from 'zod';

/**
 * The terminal's configuration. One schema for the file, the flags and the tests; an unknown or wrong key is an error
 * that names it.
 */
export const configSchema = z.strictObject({
  /** What this terminal is for: a service id of the city's catalogue. */
  service: z.string().min(1).max(64).default('medical-insurance'),
  /** Scanner addresses such as `auto:` (whatever known scanner is plugged in), `serial:/dev/ttyACM0`, `keyboard:page`. */
  scanners: z.array(z.string().max(256)).min(1).max(8).default(['auto:', 'simulated:', 'keyboard:page']),
  /** Loopback port of the screens; 0 takes any free one. */
  port: z.int().min(0).max(65535).default(7080),
});

export type Config = Readonly<z.infer<typeof configSchema>>;

/** @returns the configuration, or a sentence that names key, value and what was expected. */
export function parseConfig(input: unknown): Config | string {
  const parsed = configSchema.safeParse(input);
  return parsed.success ? parsed.data : z.prettifyError(parsed.error);
}
