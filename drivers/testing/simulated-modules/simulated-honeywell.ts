import { obeyMenu } from './simulated-menu.ts';
import type { SimulatedModule } from './simulated-module.ts';

const SHORT: Readonly<Record<string, string>> = { T: 'trigger on', U: 'trigger off', '\x07': 'beep' };
const REVISION = 'Product Name: Area Scanner\r\nSerial Number: 0123456789\r\nFirmware: CP000064BAA';

/** A Honeywell module. */
export const simulatedHoneywell: SimulatedModule = {
  factory: new Map([
    ['TRGMOD', 0],
    ['SCNLED', 0],
    ['SCNAIM', 0],
    ['BEPBEP', 0],
    ['DLYRRD', 750],
  ]),
  cut(bytes) {
    const text = latin1(bytes);
    if (text[0] !== '\x16') return undefined;
    if (text.length < 3) return 0;
    if (text[2] !== '\r') return undefined;
    if (text[1] !== 'M') return 3;
    return text.search(/[.!]/) + 1;
  },
  obey(memory, command, refuse) {
    const text = latin1(command);
    const did = SHORT[text.charAt(1)];
    if (did !== undefined) return { memory, did };
    const entry = text.slice(3, -1);
    const punctuation = text.slice(-1);
    if (entry === 'REVINF') return { memory, answer: bytesOf(`REVINF${REVISION}\r\n\x06${punctuation}`) };
    const { memory: after, echo } = obeyMenu(memory, entry, '?', punctuation === '.', refuse);
    return { memory: after, answer: bytesOf(`${echo}${punctuation}`) };
  },
  garbage: bytesOf('SCNLED?\x06.'),
};

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
