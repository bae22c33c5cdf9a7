import type { SimulatedModule } from './simulated-module.ts';

const DEEDS: Readonly<Record<string, string>> = {
  E: 'enable',
  D: 'disable',
  T: 'trigger on',
  X: 'trigger off',
  R: 'reset',
  B: 'beep',
  '\x01': 'beep',
  F: 'not on file',
};
const SAYS: Readonly<Record<string, string>> = {
  i: 'Magellan 1500i 610044301 4.9.0.1',
  h: 'healthy',
  s: 'scans 4711',
};

/** A Datalogic scanner with commands of one character. */
export const simulatedDatalogic: SimulatedModule = {
  factory: new Map(),
  cut: () => 1,
  obey(memory, command) {
    const letter = String.fromCharCode(command[0] ?? 0);
    const did = DEEDS[letter];
    if (did !== undefined) return { memory, did };
    const says = SAYS[letter];
    return says === undefined ? { memory } : { memory, answer: bytesOf(`\x01\x02${says}\x03\x04`) };
  },
  garbage: bytesOf('\x01\x03?\x04'),
};

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
