import { concat } from '../../framing/concat.ts';
import { crcXmodem } from '../../modules/crc-xmodem.ts';
import {
  type Memories,
  type Memory,
  type Obeyed,
  remember,
  type SimulatedModule,
} from './simulated-module.ts';

/** A GM65: zones by their address in hex. An older one than `newerGrow`, with the zone of its version. */
export const simulatedGrow: SimulatedModule = growWith(
  new Map([
    ['0000', 0b1101_0001],
    ['0002', 0],
    ['0013', 0x85],
    ['00e2', 0x64],
  ]),
);

/** Without the zone of its version, about which it keeps silent. */
export const simulatedNewerGrow: SimulatedModule = growWith(
  new Map([...simulatedGrow.factory].filter(([zone]) => zone !== '00e2')),
);

const READ = 0x07;
const WRITE = 0x08;
const SAVE = 0x09;
const PING = 0x0a;
const HEAD_BYTES = 6;
const CRC_BYTES = 2;

function growWith(factory: Memory): SimulatedModule {
  return {
    factory,
    cut(bytes) {
      const [start, zero = 0, , length = 0] = bytes;
      if (start !== 0x7e || zero !== 0) return undefined;
      const whole = HEAD_BYTES + length + CRC_BYTES;
      return bytes.length < HEAD_BYTES || bytes.length < whole ? 0 : whole;
    },
    obey: (memory, command, refuse) => (refuse ? { memory, answer: answer(1, [0]) } : obey(memory, command)),
    garbage: Uint8Array.of(0x02, 0x00, 0x00, 0x03, 0x01, 0x02, 0x03, 0x00, 0x00),
  };
}

function obey(memory: Memories, command: Uint8Array): Obeyed {
  const [, , type, , high = 0, low = 0, byte = 0] = command;
  const [crcHigh = 0, crcLow = 0] = command.subarray(-CRC_BYTES);
  const right = crcXmodem(command.subarray(2, -CRC_BYTES)) === crcHigh * 256 + crcLow;
  const skipped = crcHigh === 0xab && crcLow === 0xcd;
  if (!right && !skipped) return { memory, answer: answer(1, [0]) };
  const zone = Buffer.of(high, low).toString('hex');
  switch (type) {
    case READ: {
      const value = memory.working.get(zone);
      return value === undefined ? { memory } : { memory, answer: answer(0, [value]) };
    }
    case WRITE: {
      if (!memory.working.has(zone)) return { memory };
      const did = zone === '0002' ? { did: byte === 0 ? 'trigger off' : 'trigger on' } : {};
      return { memory: remember(memory, zone, byte, false), answer: answer(0, [0]), ...did };
    }
    case SAVE:
      return { memory: { ...memory, saved: memory.working }, answer: answer(0, [0]), did: 'save' };
    case PING:
      return { memory, answer: Uint8Array.of(0x03, 0x00, 0x00, 0x01, 0x00, 0x33, 0x31) };
    default:
      return { memory };
  }
}

function answer(result: number, data: readonly number[]): Uint8Array {
  const body = Uint8Array.of(result, data.length, ...data);
  const crc = crcXmodem(body);
  return concat([Uint8Array.of(0x02, 0x00), body, Uint8Array.of(crc >> 8, crc & 0xff)]);
}
