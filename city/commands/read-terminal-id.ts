import { InvalidArgumentError } from 'commander';
import { TERMINAL_ID_BYTES } from '../../licence/wire/label.ts';

/** For `argParser`: a terminal's id in hex. */
export function readTerminalId(text: string): Uint8Array {
  if (!/^[0-9a-f]+$/i.test(text) || text.length !== 2 * TERMINAL_ID_BYTES) {
    throw new InvalidArgumentError(`expected ${2 * TERMINAL_ID_BYTES} hex digits`);
  }
  return new Uint8Array(Buffer.from(text, 'hex'));
}
