import { obeyMenu } from './simulated-menu.ts';
import type { SimulatedModule } from './simulated-module.ts';

const START = '~\x010000';
const END = ';\x03';

/** A Newland module. */
export const simulatedNewland: SimulatedModule = {
  factory: new Map([
    ['SCNTRG', 0],
    ['SCNMOD', 0],
    ['ILLSCN', 2],
    ['AMLENA', 0],
    ['GRBENA', 0],
    ['RRDDUR', 500],
  ]),
  cut(bytes) {
    const text = latin1(bytes);
    if (!START.startsWith(text.slice(0, START.length))) return undefined;
    const end = text.indexOf(END);
    return end < 0 ? 0 : end + END.length;
  },
  obey(memory, command, refuse) {
    const text = latin1(command);
    const storage = text.charAt(START.length);
    const entry = text.slice(START.length + 1, -END.length);
    const { memory: after, echo } = obeyMenu(memory, entry, '*', storage === '@', refuse);
    const answer = Buffer.from(`\x02\x010000${storage}${echo}${END}`, 'latin1');
    const did = entry === 'SCNTRG1' ? 'trigger on' : entry === 'SCNTRG0' ? 'trigger off' : undefined;
    return { memory: after, answer: new Uint8Array(answer), ...(did === undefined ? {} : { did }) };
  },
  garbage: new Uint8Array(Buffer.from(`\x02\x010000#SCNMOD7\x11${END}`, 'latin1')),
};

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
