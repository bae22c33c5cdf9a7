import { type Memories, type Obeyed, remember, type SimulatedModule } from './simulated-module.ts';

const DEEDS: Readonly<Record<number, string>> = {
  228: 'trigger on',
  229: 'trigger off',
  230: 'beep',
  233: 'enable',
  234: 'disable',
  192: 'light off',
  193: 'light on',
  196: 'aim off',
  197: 'aim on',
  231: 'LED on',
  232: 'LED off',
};
const HOST = 0x04;
const PERMANENT = 0x08;

/** A Zebra SSI scanner: parameters by their number in hex. */
export const simulatedSsi: SimulatedModule = {
  factory: new Map([
    ['8a', 0],
    ['9f', 0],
    ['ee', 0],
  ]),
  cut(bytes) {
    const [length = 0, , source = HOST] = bytes;
    if (length < 4 || source !== HOST) return undefined;
    return bytes.length < length + 2 ? 0 : length + 2;
  },
  obey(memory, command, refuse) {
    const length = command[0] ?? 0;
    const [high, low] = command.subarray(length);
    const sum = checksum(command.subarray(0, length));
    if (high !== sum >> 8 || low !== (sum & 0xff)) return { memory, answer: packet(0xd1, [0x01]) };
    if (refuse) return { memory, answer: packet(0xd1, [0x06]) };
    return obey(memory, command[1] ?? 0, command[3] ?? 0, command.slice(4, length));
  },
  garbage: packet(0xd9, [0x01]),
};

function obey(memory: Memories, op: number, status: number, data: Uint8Array): Obeyed {
  const did = DEEDS[op];
  if (did !== undefined) return { memory, answer: packet(0xd0, []), did };
  switch (op) {
    case 0xa3:
      return { memory, answer: packet(0xa4, [...Buffer.from('NBRIKAAE CAAAM00-1H0-D0 ')]) };
    case 0xc7: {
      const id = data[0] ?? 0;
      const value = memory.working.get(name(id));
      return { memory, answer: packet(0xc6, value === undefined ? [0xff] : [0xff, id, value]) };
    }
    case 0xc6: {
      const [, id = 0, value = 0] = data;
      if (!memory.working.has(name(id))) return { memory, answer: packet(0xd1, [0x06]) };
      const after = remember(memory, name(id), value, (status & PERMANENT) !== 0);
      return { memory: after, answer: packet(0xd0, []) };
    }
    case 0xd0:
    case 0xd1:
      return { memory };
    default:
      return { memory, answer: packet(0xd1, [0x02]) };
  }
}

function packet(op: number, data: readonly number[]): Uint8Array {
  const counted = [4 + data.length, op, 0, 0, ...data];
  const sum = checksum(Uint8Array.from(counted));
  return Uint8Array.from([...counted, sum >> 8, sum & 0xff]);
}

function checksum(bytes: Uint8Array): number {
  return (0x10000 - bytes.reduce((sum, byte) => sum + byte, 0)) & 0xffff;
}

function name(id: number): string {
  return id.toString(16).padStart(2, '0');
}

/** A code in a packet of type QR code (F1), as this scanner sends it. */
export function ssiCode(code: string): string {
  return Buffer.from(packet(0xf3, [0xf1, ...Buffer.from(code, 'latin1')])).toString('latin1');
}
