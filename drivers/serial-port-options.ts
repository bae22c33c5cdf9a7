import type { FramingName } from './framing/framing.ts';

/** The factory setting of the common serial modules (Grow, Newland); a USB "COM" scanner ignores the rate. */
export const DEFAULT_BAUD_RATE = 9_600;

/** How a serial scanner is reached: always 8 data bits, no parity, 1 stop bit. */
export interface SerialPortOptions {
  readonly path: string;
  readonly baudRate: number;
  readonly framing: FramingName;
}
